"use client";

import { useState } from "react";
import { formatCount, formatShare } from "@/client/format";
import { type Figure, type FigureScope, tookFigure } from "@/client/funnel-figures/figure";
import { spanWords } from "@/client/funnel-figures/figure-words";
import { formatSpan } from "@/client/span";
import type { FunnelHistogram, FunnelPreview, FunnelTimes } from "@/core/api/funnels";
import { ColumnChart } from "../charts/column-chart";
import type { FunnelPicture } from "../charts/funnel-layout";
import { cn } from "../ui/class-names";
import { Select } from "../ui/input";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";
import { FigureLink } from "./figure-context";

interface TimeTakenViewProps {
  picture: FunnelPicture;
  preview: FunnelPreview;
  stale: boolean;
  onOpen: (figure: Figure) => void;
}

interface Stretch {
  key: string;
  label: string;
  step: number;
  since: "first" | "previous";
  times?: FunnelTimes;
  histogram?: FunnelHistogram;
}

/** How long people take, from the first step to the last or from one to the next: as columns, and as a table. */
export function TimeTakenView({ picture: { scope }, preview, stale, onOpen }: TimeTakenViewProps) {
  const [chosen, setChosen] = useState("all");
  const stretches = stretchesOf(scope, preview);
  const stretch = stretches.find(({ key }) => key === chosen) ?? stretches[0];
  if (!stretch) return <p className="py-4 text-ink-2">One step takes no time. Add a second one.</p>;
  const { times, histogram } = stretch;
  return (
    <div className="pt-1">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2 pb-2 text-ink-2">
        <span className="flex max-w-full min-w-0 items-center gap-2">
          time
          <Select
            aria-label="Between which steps"
            value={stretch.key}
            onChange={(event) => setChosen(event.target.value)}
            className="w-auto min-w-0 max-w-96"
          >
            {stretches.map(({ key, label }) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </Select>
        </span>
        {times && (
          <p className="text-ink-2">
            median <b className="text-ink">{formatSpan(times.median)}</b> · mean {formatSpan(times.mean)} · 9 in 10
            within {formatSpan(times.p90)}
          </p>
        )}
      </div>
      {times && histogram ? (
        <div className={cn("transition-opacity duration-(--m-slow)", stale && "stale")}>
          <Histogram scope={scope} stretch={{ ...stretch, histogram }} times={times} onOpen={onOpen} />
        </div>
      ) : (
        <p className="py-4 text-ink-2">Nobody got there, so there is no time to show.</p>
      )}
    </div>
  );
}

/** Start to end, and each step from the one before it. */
function stretchesOf(scope: FigureScope, { startToEnd, timeToConvert }: FunnelPreview): Stretch[] {
  const { steps } = scope;
  const last = steps.length;
  if (last < 2) return [];
  const whole: Stretch = {
    key: "all",
    label: "from the first step to the last",
    step: last,
    since: "first",
    times: startToEnd,
    histogram: timeToConvert,
  };
  const parts = steps.slice(1).map(
    ({ label, seconds, histogram }, index): Stretch => ({
      key: String(index + 2),
      label: `to ${index + 2} ${label}, from the step before`,
      step: index + 2,
      since: "previous",
      times: seconds,
      histogram,
    }),
  );
  return [whole, ...parts];
}

interface HistogramProps {
  scope: FigureScope;
  stretch: Stretch & { histogram: FunnelHistogram };
  times: FunnelTimes;
  onOpen: (figure: Figure) => void;
}

function Histogram({ scope, stretch: { step, since, histogram }, times, onOpen }: HistogramProps) {
  const { edges, people } = histogram;
  const total = people.reduce((sum, count) => sum + count, 0);
  const bars = people.map((count, index) => ({
    figure: tookFigure(scope, step, since, histogram, index),
    title: spanWords(edges[index] ?? 0, edges[index + 1]),
    count,
    upTo: people.slice(0, index + 1).reduce((sum, other) => sum + other, 0),
    edge: edges[index] ?? 0,
  }));
  return (
    <>
      <ColumnChart
        label={`Half of ${formatCount(total)} people took ${formatSpan(times.median)} or less, 9 in 10 ${formatSpan(times.p90)} or less.`}
        columns={bars.map(({ title, count, edge }) => ({ key: title, label: formatSpan(edge), title, value: count }))}
        unit="people"
        head="Time"
        height={190}
        onOpen={(index) => {
          const bar = bars[index];
          if (bar && bar.count > 0) onOpen(bar.figure);
        }}
      />
      <div className="pt-3">
        <Table label="Time taken as a table">
          <caption className="sr-only">The figures of the columns</caption>
          <thead>
            <tr>
              <Th>Time</Th>
              <Th figure>People</Th>
              <Th figure>Share</Th>
              <Th figure>So far</Th>
            </tr>
          </thead>
          <tbody>
            {bars.map(({ figure, title, count, upTo }) => (
              <Tr key={title}>
                <RowHead>{title}</RowHead>
                <Td figure>
                  <FigureLink figure={figure} />
                </Td>
                <Td figure>{formatShare(count / total)}</Td>
                <Td figure className="text-ink-3">
                  {formatShare(upTo / total)}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      </div>
    </>
  );
}
