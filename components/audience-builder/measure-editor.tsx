"use client";

import type { EventRow } from "@/client/audience-draft/draft";
import { type Measure, measureOf, withMeasure } from "@/client/audience-draft/measure";
import { aggregateFunctions, occurrences } from "@/core/audience/definition";
import { Input, Select } from "../ui/input";
import { Editor } from "./editor";
import type { Opened } from "./word-popover";

interface MeasureEditorProps {
  opened: Opened;
  row: EventRow;
  onChange: (change: Partial<EventRow>) => void;
}

const counts = { at_least: "at least", exactly: "exactly", at_most: "at most", never: "never" } as const;
const picked = {
  first: "for the first time",
  last: "for the last time",
  first_matching: "for the first time, of those that fit its filters",
  last_matching: "for the last time, of those that fit its filters",
} as const;
const figures = {
  sum: "with a total of …",
  avg: "with an average of …",
  min: "with a smallest …",
  max: "with a largest …",
  distinct: "with different values of …",
  distinct_days: "on different days",
} as const;

/** How many times, which time, or a figure over them all. */
export function MeasureEditor({ opened, row, onChange }: MeasureEditorProps) {
  const measure = measureOf(row);
  return (
    <Editor opened={opened}>
      <div className="flex flex-wrap items-center gap-2">
        <Select
          aria-label="How often"
          value={keyOf(measure)}
          onChange={(event) => {
            const next = measureFrom(event.target.value);
            if (next) onChange(withMeasure(row, next));
          }}
          className="w-auto max-w-full"
        >
          <Choices label="How many times" of={counts} />
          <Choices label="One of them" of={picked} />
          <Choices label="A figure over them" of={figures} />
        </Select>
        {measure.kind === "count" && (
          <>
            <Input
              aria-label="Number of times"
              inputMode="numeric"
              data-first
              defaultValue={String(row.count.value)}
              onFocus={(event) => event.target.select()}
              onChange={(event) => {
                const text = event.target.value.trim();
                if (/^\d{1,9}$/.test(text)) onChange({ count: { ...row.count, value: Number(text) } });
              }}
              className="w-20"
            />
            <span className="text-ink-2">times</span>
          </>
        )}
      </div>
      <Aid measure={measure} />
    </Editor>
  );
}

function Choices({ label, of }: { label: string; of: Record<string, string> }) {
  return (
    <optgroup label={label}>
      {Object.entries(of).map(([value, words]) => (
        <option key={value} value={value}>
          {words}
        </option>
      ))}
    </optgroup>
  );
}

function Aid({ measure }: { measure: Measure }) {
  const words = aidFor(measure);
  return words === null ? null : <p className="max-w-80 pt-2 text-12 text-ink-3">{words}</p>;
}

function aidFor(measure: Measure): string | null {
  switch (measure.kind) {
    case "count":
      return measure.op === "at_most" ? "People who never did it are in as well." : null;
    case "never":
      return null;
    case "occurrence":
      return measure.occurrence === "first" || measure.occurrence === "last"
        ? "That one event is picked by its name; the time and the filters are then asked of it."
        : "The filters before it choose which event that is; the time, and filters after it, are then asked of it.";
    case "aggregate":
      return measure.fn === "sum" || measure.fn === "distinct" || measure.fn === "distinct_days"
        ? "For people without such events it is 0."
        : "People without a number in it are left out.";
  }
}

function keyOf(measure: Measure): string {
  switch (measure.kind) {
    case "count":
      return measure.op;
    case "never":
      return "never";
    case "occurrence":
      return measure.occurrence;
    case "aggregate":
      return measure.fn;
  }
}

function measureFrom(key: string): Measure | undefined {
  if (key === "never") return { kind: "never" };
  if (key === "at_least" || key === "exactly" || key === "at_most") return { kind: "count", op: key };
  const occurrence = occurrences.find((known) => known === key);
  if (occurrence && occurrence !== "any") return { kind: "occurrence", occurrence };
  const fn = aggregateFunctions.find((known) => known === key);
  return fn && { kind: "aggregate", fn };
}
