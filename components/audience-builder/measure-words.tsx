"use client";

import type { EventRow } from "@/client/audience-draft/draft";
import { measureOf, withMeasure } from "@/client/audience-draft/measure";
import { countWords } from "@/core/audience/describe/window-words";
import { AggregateWords } from "./aggregate-words";
import { MeasureEditor } from "./measure-editor";
import { WordPopover } from "./word-popover";

interface MeasureWordsProps {
  row: EventRow;
  absence: boolean;
  change: (next: Partial<EventRow>, step?: string) => void;
}

const occurrenceWords = {
  first: "for the first time",
  last: "for the last time",
  first_matching: "for the first time",
  last_matching: "for the last time",
} as const;

/** "at least 3 times", "for the first time", "with a total amount of at least 100". */
export function MeasureWords({ row, absence, change }: MeasureWordsProps) {
  const { occurrence, aggregate, count } = row;
  const counted = !absence && !aggregate;
  const ordinary = count.op === "at_least" && count.value === 1;
  return (
    <>
      {occurrence !== "any" && (
        <>
          <MeasureWord
            row={row}
            wordId={`${row.id}/occurrence`}
            label={occurrenceWords[occurrence]}
            change={change}
          />{" "}
        </>
      )}
      {aggregate && <AggregateWords row={row} aggregate={aggregate} change={change} />}
      {counted && (occurrence === "any" || !ordinary) && (
        <>
          <MeasureWord row={row} wordId={`${row.id}/count`} label={countWords(count)} change={change} />{" "}
        </>
      )}
    </>
  );
}

interface MeasureWordProps {
  row: EventRow;
  wordId: string;
  label: string;
  change: (next: Partial<EventRow>, step?: string) => void;
}

/** A word that opens the choice of what is asked of the events. */
export function MeasureWord({ row, wordId, label, change }: MeasureWordProps) {
  return (
    <WordPopover
      wordId={wordId}
      label={label}
      title="How many times, which time, or how much"
      popoverClassName="w-auto"
      onClear={() =>
        change(withMeasure({ ...row, count: { op: "at_least", value: 1 } }, { kind: "count", op: "at_least" }))
      }
    >
      {(opened) => (
        <MeasureEditor
          opened={opened}
          row={row}
          onChange={(next) => {
            const before = measureOf(row).kind;
            const after = measureOf({ ...row, ...next }).kind;
            change(next, opened.step);
            // Its own word is gone with the choice, or another one asks for more.
            if (after !== before && after !== "count") opened.close();
          }}
        />
      )}
    </WordPopover>
  );
}
