"use client";

import type { DraftThenNot, SequenceRow } from "@/client/audience-draft/draft";
import { replaceRow } from "@/client/audience-draft/rows";
import { turnLastStep } from "@/client/audience-draft/sequence-edits";
import { AddParts } from "./add-parts";
import { useBuilder } from "./builder-context";
import { EventWord } from "./event-word";
import { FilterList } from "./filter-list";
import { StepLine } from "./step-line";
import { ThenWord } from "./then-word";
import { useAddFilter } from "./use-add-filter";
import { useFollowingParts } from "./use-following-parts";
import { WithinWord } from "./within-word";

interface ThenNotWordsProps {
  row: SequenceRow;
  thenNot: DraftThenNot;
  number: number;
}

/** "and then not Team Member Invited within 24 hours where …" */
export function ThenNotWords({ row, thenNot, number }: ThenNotWordsProps) {
  const { edit, focus } = useBuilder();
  const addFilter = useAddFilter(row.id);
  const followingParts = useFollowingParts(row);
  const idStart = `${row.id}/${thenNot.id}.`;
  const change = (next: Partial<DraftThenNot>, name?: string) =>
    edit((draft) => replaceRow(draft, { ...row, thenNot: { ...thenNot, ...next } }), name);
  return (
    <StepLine number={number} absent>
      <ThenWord
        wordId={`${idStart}then`}
        absent
        turn={() => edit((draft) => replaceRow(draft, turnLastStep(row)))}
        remove={() => {
          edit((draft) => replaceRow(draft, { ...row, thenNot: null }));
          focus(row.id);
        }}
      />{" "}
      <EventWord
        wordId={`${idStart}event`}
        chosen={{ choice: thenNot.choice, type: thenNot.type }}
        onChange={(chosen) => change(chosen)}
      />{" "}
      <WithinWord
        wordId={`${idStart}within`}
        within={thenNot.within && { ...thenNot.within, of: "previous" }}
        never="ever after"
        note="Nobody is said not to have done it while they still have time."
        onChange={(within, name) => change({ within: within && { amount: within.amount, unit: within.unit } }, name)}
      />{" "}
      <FilterList
        rowId={row.id}
        match={thenNot}
        filters={thenNot.where}
        write={(draft, where) => replaceRow(draft, { ...row, thenNot: { ...thenNot, where } })}
        backTo={`${idStart}event`}
      />
      {thenNot.choice.kind !== "unchosen" && (
        <AddParts
          wordId={`${idStart}add-part`}
          parts={[
            {
              label: thenNot.where.length === 0 ? "where …" : "and …",
              kind: "a filter to what did not happen",
              add: () =>
                addFilter(thenNot.where, (draft, where) =>
                  replaceRow(draft, { ...row, thenNot: { ...thenNot, where } }),
                ),
            },
            ...followingParts,
          ]}
        />
      )}
    </StepLine>
  );
}
