"use client";

import { Temporal } from "temporal-polyfill";
import { changeRest } from "@/client/funnel-draft/edits";
import { dayAfter, rangeWords } from "@/client/funnel-draft/sentence-words";
import { useTimeZone } from "@/client/queries/workspace";
import { WordPopover } from "../audience-builder/word-popover";
import { dayOf, RangeEditor, type RangePreset } from "./range-editor";
import type { FunnelEditing } from "./use-funnel-draft";

/** In which days people did the first step; later steps may be after them. */
export function RangeWord({ editing: { draft, edit } }: { editing: FunnelEditing }) {
  const timeZone = useTimeZone();
  const { range } = draft.rest;
  return (
    <WordPopover
      wordId="funnel/range"
      label={rangeWords(range, timeZone)}
      title="Days of the first step"
      popoverClassName="w-auto"
      onClear={() => edit((now) => changeRest(now, { range: undefined }))}
    >
      {(opened) => (
        <RangeEditor
          opened={opened}
          range={range}
          timeZone={timeZone}
          presets={[{ label: "Any time", range: undefined }, ...usualRanges(dayOf(Date.now(), timeZone))]}
          note={`Days of ${timeZone} in which the first step was done. Later steps may be after them.`}
          onChange={(next, step) => edit((now) => changeRest(now, { range: next }), step)}
        />
      )}
    </WordPopover>
  );
}

/** Ranges that end with today, and the months around it. */
export function usualRanges(today: string): RangePreset[] {
  const month = Temporal.PlainDate.from(today).with({ day: 1 });
  const months = (from: Temporal.PlainDate) => ({ from: from.toString(), to: from.add({ months: 1 }).toString() });
  return [
    ...[7, 30, 90].map((days) => ({
      label: `${days} days to today`,
      range: { from: dayAfter(today, 1 - days), to: dayAfter(today) },
    })),
    { label: "This month", range: months(month) },
    { label: "Last month", range: months(month.subtract({ months: 1 })) },
  ];
}
