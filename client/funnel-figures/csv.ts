import type { FunnelFigures, FunnelHistogram, FunnelPreview, FunnelStepResult } from "@/core/api/funnels";
import { csvLine } from "@/core/csv-line";
import type { JsonValue } from "@/core/event/message";

/** What each table is called in its file's name. */
export type CsvTable = "steps" | "over-time" | "time-taken";

/** A table of an answer as CSV: shares as fractions, times in seconds. */
export function funnelCsv(table: CsvTable, preview: FunnelPreview, nameOf: (value: JsonValue) => string): string {
  switch (table) {
    case "steps":
      return stepsCsv(preview, nameOf);
    case "over-time":
      return overTimeCsv(preview);
    case "time-taken":
      return timeTakenCsv(preview);
  }
}

function stepsCsv(preview: FunnelPreview, nameOf: (value: JsonValue) => string): string {
  const { compare } = preview;
  const head = ["range", "group", "step", "label", "people", "of first", "of previous", "dropped", "have time"];
  const lines = [csvLine([...head, "mean seconds", "median seconds", "p90 seconds"])];
  const add = (range: string, figures: FunnelFigures) => {
    lines.push(...stepLines(range, "everyone", figures.steps));
    for (const { value, steps } of figures.breakdown ?? []) lines.push(...stepLines(range, nameOf(value), steps));
  };
  add(compare ? "own" : "", preview);
  if (compare) add(`${compare.range.from} to before ${compare.range.to}`, compare);
  return lines.join("");
}

function stepLines(range: string, group: string, steps: readonly FunnelStepResult[]): string[] {
  return steps.map(({ label, people, fromFirst, fromPrevious, dropped, pending, seconds }, index) => {
    const shares = [fromFirst, index === 0 ? null : fromPrevious];
    const times = [seconds?.mean, seconds?.median, seconds?.p90];
    return csvLine([range, group, index + 1, label, people, ...shares, dropped, pending, ...times]);
  });
}

function overTimeCsv({ steps, overTime = [] }: FunnelPreview): string {
  const head = csvLine(["from", ...steps.map(({ label }, index) => `${index + 1} ${label}`), "have time"]);
  return head + overTime.map(({ date, people, pending }) => csvLine([date, ...people, pending])).join("");
}

function timeTakenCsv({ steps, timeToConvert }: FunnelPreview): string {
  const whole = histogramLines("first to last", timeToConvert);
  const parts = steps.flatMap(({ label, histogram }, index) => histogramLines(`to ${index + 1} ${label}`, histogram));
  return [csvLine(["time", "from seconds", "to before seconds", "people"]), ...whole, ...parts].join("");
}

function histogramLines(between: string, histogram: FunnelHistogram | undefined): string[] {
  if (!histogram) return [];
  const { edges, people } = histogram;
  return people.map((count, bar) => csvLine([between, edges[bar], edges[bar + 1], count]));
}
