"use client";

import { Temporal } from "temporal-polyfill";
import { dayAfter } from "@/client/funnel-draft/sentence-words";
import { dateOf } from "@/core/audience/date";
import type { FunnelRange } from "@/core/funnel/rules";
import { Editor } from "../audience-builder/editor";
import type { Opened } from "../audience-builder/word-popover";
import { Button } from "../ui/button";
import { Input } from "../ui/input";

export interface RangePreset {
  label: string;
  /** Undefined takes the range away. */
  range: FunnelRange | undefined;
}

interface RangeEditorProps {
  opened: Opened;
  range: FunnelRange | undefined;
  timeZone: string;
  presets: readonly RangePreset[];
  note: string;
  onChange: (range: FunnelRange | undefined, step: string) => void;
}

/** The first and the last day of a range, and ranges that are asked for often. */
export function RangeEditor({ opened, range, timeZone, presets, note, onChange }: RangeEditorProps) {
  const today = dayOf(Date.now(), timeZone);
  const first = range ? dayOf(dateOf(range.from, timeZone) ?? 0, timeZone) : "";
  // The range ends before `to`: the last day in it is the one of the moment before.
  const last = range ? dayOf((dateOf(range.to, timeZone) ?? 1) - 1, timeZone) : "";
  const set = (from: string, to: string) => {
    if (from === "" || to === "" || from > to) return;
    onChange({ from, to: dayAfter(to) }, opened.step);
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
      <div className="flex max-w-96 flex-wrap gap-x-1 gap-y-1 pt-2.5">
        {presets.map((preset) => (
          <Button
            key={preset.label}
            look="quiet"
            onClick={() => {
              onChange(preset.range, opened.step);
              opened.close();
            }}
          >
            {preset.label}
          </Button>
        ))}
      </div>
      <p className="max-w-96 pt-1.5 text-12 text-ink-3">{note}</p>
    </Editor>
  );
}

/** The calendar day of a moment in a zone, as 2026-11-23. */
export function dayOf(moment: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}
