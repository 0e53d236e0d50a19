"use client";

import type { ReactNode } from "react";
import type { DraftStep, SequenceRow } from "@/client/audience-draft/draft";
import { replaceRow } from "@/client/audience-draft/rows";
import { changeStep, removeStep, turnLastStep } from "@/client/audience-draft/sequence-edits";
import { AddParts } from "./add-parts";
import { useBuilder } from "./builder-context";
import { EventWord } from "./event-word";
import { FilterList } from "./filter-list";
import { StepLine } from "./step-line";
import { ThenWord } from "./then-word";
import { useAddFilter } from "./use-add-filter";
import { useFollowingParts } from "./use-following-parts";
import { WithinWord } from "./within-word";

interface SequenceStepWordsProps {
  row: SequenceRow;
  step: DraftStep;
  /** From 1. */
  number: number;
  /** Instead of "then": what the first step begins with. */
  lead?: ReactNode;
  /** Instead of "within": when the first step was. */
  time?: ReactNode;
}

/** "then within 7 days First Project Created where …" */
export function SequenceStepWords({ row, step, number, lead, time }: SequenceStepWordsProps) {
  const { edit, focus } = useBuilder();
  const addFilter = useAddFilter(row.id);
  const followingParts = useFollowingParts(row);
  const idStart = `${row.id}/${step.id}.`;
  const change = (next: Partial<DraftStep>, name?: string) =>
    edit((draft) => replaceRow(draft, changeStep(row, { ...step, ...next })), name);
  const isLast = number === row.steps.length && !row.thenNot;
  return (
    <StepLine number={number}>
      {lead ?? (
        <ThenWord
          wordId={`${idStart}then`}
          absent={false}
          turn={isLast && number > 2 ? () => edit((draft) => replaceRow(draft, turnLastStep(row))) : undefined}
          remove={() => {
            edit((draft) => replaceRow(draft, removeStep(row, step.id)));
            focus(row.id);
          }}
        />
      )}{" "}
      {number > 1 && (
        <>
          <WithinWord
            wordId={`${idStart}within`}
            within={step.within}
            never="any time later"
            withFirst={number > 2}
            onChange={(within, name) => change({ within }, name)}
          />{" "}
        </>
      )}
      <EventWord
        wordId={`${idStart}event`}
        chosen={{ choice: step.choice, type: step.type }}
        onChange={(chosen) => change(chosen)}
      />{" "}
      {time}
      <FilterList
        rowId={row.id}
        match={step}
        filters={step.where}
        write={(draft, where) => replaceRow(draft, changeStep(row, { ...step, where }))}
        backTo={`${idStart}event`}
      />
      {step.choice.kind !== "unchosen" && (
        <AddParts
          wordId={`${idStart}add-part`}
          parts={[
            {
              label: step.where.length === 0 ? "where …" : "and …",
              kind: `a filter to step ${number}`,
              add: () =>
                addFilter(step.where, (draft, where) => replaceRow(draft, changeStep(row, { ...step, where }))),
            },
            ...(isLast ? followingParts : []),
          ]}
        />
      )}
    </StepLine>
  );
}
