"use client";

import { Temporal } from "temporal-polyfill";
import { dayAfter, daysBetween, rangeWords } from "@/client/funnel-draft/sentence-words";
import { useTimeZone } from "@/client/queries/workspace";
import type { FunnelRange } from "@/core/funnel/rules";
import { WordPopover } from "../audience-builder/word-popover";
import { dayOf, RangeEditor, type RangePreset } from "./range-editor";
import { usualRanges } from "./range-word";

interface CompareWordProps {
  /** Of the funnel itself. */
  range: FunnelRange | undefined;
  compare: FunnelRange | undefined;
  onChange: (compare: FunnelRange | undefined) => void;
}

/** "compared with 25 Sep – 24 Oct 2026"; a word that adds it. */
export function CompareWord({ range, compare, onChange }: CompareWordProps) {
  const timeZone = useTimeZone();
  return (
    <>
      {compare && <span>compared with</span>}
      <WordPopover
        wordId="funnel/compare"
        look={compare ? "plain" : "add"}
        label={compare ? rangeWords(compare, timeZone) : "+ compare"}
        title="Days to compare with"
        popoverClassName="w-auto"
        onClear={() => onChange(undefined)}
      >
        {(opened) => (
          <RangeEditor
            opened={opened}
            range={compare}
            timeZone={timeZone}
            presets={[
              ...(compare ? [{ label: "Nothing", range: undefined }] : []),
              ...(range ? rangesBefore(range, timeZone) : usualRanges(dayOf(Date.now(), timeZone))),
            ]}
            note={`The same funnel, started in these days of ${timeZone}, beside it.`}
            onChange={onChange}
          />
        )}
      </WordPopover>
    </>
  );
}

/** As many days just before a range, and the same days of the year before. */
function rangesBefore({ from, to }: FunnelRange, timeZone: string): RangePreset[] {
  const first = dayOfText(from, timeZone);
  const end = dayOfText(to, timeZone);
  const days = Math.max(1, daysBetween(first, end));
  const yearBefore = (day: string) => Temporal.PlainDate.from(day).subtract({ years: 1 }).toString();
  return [
    {
      label: days === 1 ? "The day before" : `The ${days} days before`,
      range: { from: dayAfter(first, -days), to: first },
    },
    { label: "A year before", range: { from: yearBefore(first), to: yearBefore(end) } },
  ];
}

/** The day of a bound, which may be a moment within it. */
function dayOfText(bound: string, timeZone: string): string {
  return dayOf(new Date(bound).getTime(), /^\d{4}-\d{2}-\d{2}$/.test(bound) ? "UTC" : timeZone);
}
