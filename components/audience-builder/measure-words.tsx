"use client";

import type { EventRow } from "@/client/audience-draft/draft";
import { countWords } from "@/core/audience/describe/window-words";
import { AggregateWords } from "./aggregate-words";
import { MeasureWord } from "./measure-word";

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
