"use client";

import { X } from "lucide-react";
import { replaceRow } from "@/client/audience-draft/rows";
import type { DraftExclusion } from "@/client/funnel-draft/draft";
import { changeExclusion } from "@/client/funnel-draft/edits";
import { draftStepName } from "@/client/funnel-draft/step-words";
import { EventWord } from "../audience-builder/event-word";
import { FilterList } from "../audience-builder/filter-list";
import { Picker, type PickerOption } from "../audience-builder/picker";
import { useRowEdits } from "../audience-builder/use-row-edits";
import { WordPopover } from "../audience-builder/word-popover";
import { Button } from "../ui/button";
import type { FunnelEditing } from "./use-funnel-draft";

interface ExclusionRowProps {
  exclusion: DraftExclusion;
  editing: FunnelEditing;
}

/** "but not Refunded where … between step 2 and step 4" */
export function ExclusionRow({ exclusion, editing }: ExclusionRowProps) {
  const { draft, edit, unfinished, numbers } = editing;
  const { row, after, before } = exclusion;
  const { remove } = useRowEdits(row.id);
  const change = (next: Partial<DraftExclusion>) => edit((now) => changeExclusion(now, row.id, next));
  const name = row.choice.kind === "named" ? row.choice.event : "an event";
  return (
    <li className="group/row flex items-start gap-2 border-t border-line py-1.5 text-14 leading-7 text-ink-2">
      <span className="w-4 flex-none" />
      <div className="min-w-0 flex-1">
        but not{" "}
        <EventWord
          wordId={`${row.id}/event`}
          chosen={{ choice: row.choice, type: row.type }}
          onChange={(chosen) => change({ row: { ...row, ...chosen } })}
        />{" "}
        between{" "}
        <StepWord
          wordId={`${row.id}/after`}
          title="From which step on"
          chosen={after}
          usual="the first step"
          options={draft.rows.slice(1, -1).map(({ id }) => id)}
          editing={editing}
          onChange={(next) => change({ after: next })}
        />{" "}
        and{" "}
        <StepWord
          wordId={`${row.id}/before`}
          title="Up to which step"
          chosen={before}
          usual="the last step"
          options={draft.rows.slice(1, -1).map(({ id }) => id)}
          editing={editing}
          onChange={(next) => change({ before: next })}
        />{" "}
        <FilterList
          rowId={row.id}
          match={row}
          filters={row.where}
          write={(now, where) => replaceRow(now, { ...row, where })}
          addId={`${row.id}/where`}
          backTo={`${row.id}/event`}
        />
        {unfinished.has(row.id) && <p className="text-12 leading-4 text-ink-3">{reasonOf(exclusion, numbers)}</p>}
      </div>
      <Button look="quiet" icon aria-label={`Remove “but not ${name}”`} onClick={remove}>
        <X aria-hidden />
      </Button>
    </li>
  );
}

function reasonOf({ row, after, before }: DraftExclusion, numbers: ReadonlyMap<string, number>): string {
  if (row.choice.kind === "unchosen") return "Left out until an event is chosen.";
  if (row.choice.kind === "any") return "Left out until one event is named: any event at all would end every chain.";
  if (numbers.size < 2) return "Left out: it needs two steps to stand between.";
  const unchosen = [after, before].some((id) => id !== null && !numbers.has(id));
  if (unchosen) return "Left out until the step that it names has an event.";
  return "Left out: the step that it ends at does not come after the one that it starts at.";
}

interface StepWordProps {
  wordId: string;
  title: string;
  /** A step's row; null for the usual one. */
  chosen: string | null;
  usual: string;
  options: readonly string[];
  editing: FunnelEditing;
  onChange: (chosen: string | null) => void;
}

/** A step by its name, or the first or last one, whichever it is. */
function StepWord({ wordId, title, chosen, usual, options, editing: { draft, numbers }, onChange }: StepWordProps) {
  const place = (id: string) => {
    const number = numbers.get(id);
    return number === undefined ? undefined : `step ${number}`;
  };
  return (
    <WordPopover
      wordId={wordId}
      label={chosen === null ? usual : (place(chosen) ?? draftStepName(draft, chosen))}
      hint={chosen === null ? undefined : draftStepName(draft, chosen)}
      title={title}
      popoverClassName="w-80"
      onClear={() => onChange(null)}
    >
      {(opened) => (
        <Picker
          noun="steps"
          current={chosen ?? ""}
          options={[
            { key: "", value: null, label: usual },
            ...options.map(
              (id): PickerOption<string | null> => ({
                key: id,
                value: id,
                label: [place(id), draftStepName(draft, id)].filter(Boolean).join(" "),
              }),
            ),
          ]}
          onChoose={(next) => {
            onChange(next);
            opened.close();
          }}
          onLeave={opened.leave}
        />
      )}
    </WordPopover>
  );
}
