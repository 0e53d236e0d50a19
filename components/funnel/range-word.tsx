"use client";

import { Temporal } from "temporal-polyfill";
import { changeRest } from "@/client/funnel-draft/draft";
import { dayAfter, rangeWords } from "@/client/funnel-draft/words";
import { useTimeZone } from "@/client/queries/workspace";
import { dateOf } from "@/core/audience/date";
import { Editor } from "../audience-builder/editor";
import { type Opened, WordPopover } from "../audience-builder/word-popover";
import { Button } from "../ui/button";
import { Input } from "../ui/input";
import type { FunnelEditing } from "./use-funnel-draft";

/** In which days people did the first step; later steps may be after them. */
export function RangeWord({ editing }: { editing: FunnelEditing }) {
  const timeZone = useTimeZone();
  const { draft, edit } = editing;
  return (
    <WordPopover
      wordId="funnel/range"
      label={rangeWords(draft.rest.range, timeZone)}
      title="Days of the first step"
      popoverClassName="w-auto"
      onClear={() => edit((now) => changeRest(now, { range: undefined }))}
    >
      {(opened) => <RangeEditor editing={editing} opened={opened} timeZone={timeZone} />}
    </WordPopover>
  );
}

const presets = [7, 30, 90];

interface RangeEditorProps {
  editing: FunnelEditing;
  opened: Opened;
  timeZone: string;
}

function RangeEditor({ editing: { draft, edit }, opened, timeZone }: RangeEditorProps) {
  const { range } = draft.rest;
  const today = dayOf(Date.now(), timeZone);
  const first = range ? dayOf(dateOf(range.from, timeZone) ?? 0, timeZone) : "";
  // The range ends before `to`: the last day in it is the one of the moment before.
  const last = range ? dayOf((dateOf(range.to, timeZone) ?? 1) - 1, timeZone) : "";
  const set = (from: string, to: string) => {
    if (from === "" || to === "" || from > to) return;
    edit((now) => changeRest(now, { range: { from, to: dayAfter(to) } }), opened.step);
  };
  return (
    <Editor opened={opened}>
      <div className="flex flex-wrap items-center gap-2">
        <Input
          type="date"
          aria-label="First day"
          defaultValue={first}
          max={last || undefined}
          onChange={(event) => set(event.target.value, last || today)}
          className="w-auto"
        />
        <span className="text-ink-2">to</span>
        <Input
          type="date"
          aria-label="Last day"
          defaultValue={last}
          min={first || undefined}
          onChange={(event) => set(first || event.target.value, event.target.value)}
          className="w-auto"
        />
      </div>
      <div className="flex flex-wrap gap-2 pt-2.5">
        <Button
          look="quiet"
          onClick={() => {
            edit((now) => changeRest(now, { range: undefined }));
            opened.close();
          }}
        >
          Any time
        </Button>
        {presets.map((days) => (
          <Button
            key={days}
            look="quiet"
            onClick={() => {
              set(dayAfter(today, 1 - days), today);
              opened.close();
            }}
          >
            {days} days to today
          </Button>
        ))}
      </div>
      <p className="max-w-80 pt-1.5 text-12 text-ink-3">
        Days of {timeZone} in which the first step was done. Later steps may be after them.
      </p>
    </Editor>
  );
}

/** The calendar day of a moment in a zone, as 2026-11-23. */
function dayOf(moment: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}
