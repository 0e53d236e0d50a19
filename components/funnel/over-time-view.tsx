"use client";

import { useState } from "react";
import { formatCount, formatDay, formatNoun, formatShare } from "@/client/format";
import { entryFigure, type Figure } from "@/client/funnel-figures/figure";
import type { FunnelEntryPeriod, FunnelPreview } from "@/core/api/funnels";
import type { EntryUnit } from "@/core/funnel/figure";
import { ConversionChart } from "../charts/conversion-chart";
import type { ConversionPoint } from "../charts/conversion-point";
import type { FunnelPicture } from "../charts/funnel-layout";
import { cn } from "../ui/class-names";
import { Select } from "../ui/input";
import { Segmented } from "../ui/segmented";
import { ListSkeleton } from "../ui/skeleton";
import { EntryTable } from "./entry-table";
import { periodTitle } from "./period-title";
import type { AnswerOptions } from "./use-answer-options";

interface OverTimeViewProps {
  picture: FunnelPicture;
  preview: FunnelPreview;
  options: AnswerOptions;
  stale: boolean;
  onOpen: (figure: Figure) => void;
}

const units = [
  { value: "day", label: "By day" },
  { value: "week", label: "By week" },
] as const;

/** Conversion by the day or week in which people started: as a line, and as a table. */
export function OverTimeView({ picture: { scope }, preview, options, stale, onOpen }: OverTimeViewProps) {
  const { by, setBy } = options;
  const steps = scope.steps.length;
  const [chosen, setChosen] = useState<number | null>(null);
  const step = Math.min(chosen ?? steps, steps);
  const label = scope.steps[step - 1]?.label ?? "";
  const periods = preview.overTime;
  return (
    <div className="pt-1">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 pb-2 text-ink-2">
        <Segmented label="By day or week" value={by} onChange={setBy} options={units} />
        {steps > 1 && (
          <span className="flex max-w-full min-w-0 items-center gap-2">
            <span className="flex-none">share that got to</span>
            <Select
              aria-label="Step to convert to"
              value={step}
              onChange={(event) => setChosen(Number(event.target.value))}
              className="w-auto min-w-0 max-w-64"
            >
              {scope.steps.slice(1).map((other, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its place
                <option key={index} value={index + 2}>
                  {index + 2} {other.label}
                </option>
              ))}
            </Select>
          </span>
        )}
      </div>
      {periods === undefined ? (
        <ListSkeleton label="Loading conversion over time" />
      ) : periods.length === 0 ? (
        <p className="py-4 text-ink-2">Nobody has started this funnel, so there is no day to show.</p>
      ) : (
        <div className={cn("transition-opacity duration-(--m-slow)", stale && "stale")}>
          <ConversionChart
            label={finding(periods, step, label, by)}
            points={periods.map((period) => pointOf(period, by, step))}
            onOpen={(index) => {
              const period = periods[index];
              if (period && (period.people[0] ?? 0) > 0) onOpen(entryFigure(scope, period, by, 1));
            }}
          />
          <p className="pt-1 pb-4 text-12 text-ink-3">
            {periods.some(({ pending }) => pending > 0) &&
              "Hollow and dashed: some of these people still have time, so the share can still grow."}
          </p>
          <EntryTable scope={scope} periods={periods} unit={by} step={step} />
        </div>
      )}
    </div>
  );
}

function pointOf({ date, people, pending }: FunnelEntryPeriod, unit: EntryUnit, step: number): ConversionPoint {
  return {
    key: date,
    label: formatDay(date),
    title: periodTitle(date, unit),
    entered: people[0] ?? 0,
    converted: people[step - 1] ?? 0,
    pending,
  };
}

/** What the line shows, in a sentence. */
function finding(periods: readonly FunnelEntryPeriod[], step: number, label: string, unit: EntryUnit): string {
  const entered = periods.reduce((sum, { people }) => sum + (people[0] ?? 0), 0);
  const converted = periods.reduce((sum, { people }) => sum + (people[step - 1] ?? 0), 0);
  const share = entered === 0 ? "" : ` (${formatShare(converted / entered)})`;
  return `In ${formatNoun(periods.length, unit)} ${formatCount(entered)} entered and ${formatCount(converted)}${share} got to ${label}.`;
}
