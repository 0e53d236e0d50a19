"use client";

import { formatClock, formatCount, formatShare } from "@/client/format";
import { useTimeZone } from "@/client/queries/workspace";
import { formatSpan } from "@/client/span";
import type { FunnelPreview } from "@/core/api/funnels";
import { cn } from "../ui/class-names";

/** The one figure of the funnel: of those who start, the share that gets to the end, how soon, and as of when. */
export function FunnelSummary({ preview, stale }: { preview: FunnelPreview; stale: boolean }) {
  const timeZone = useTimeZone();
  const { steps, startToEnd, asOf } = preview;
  const first = steps[0];
  const last = steps.at(-1);
  if (!first || !last) return null;
  const figure = cn("transition-opacity duration-(--m-slow)", stale && "stale");
  return (
    <div className="flex flex-wrap items-baseline gap-x-10 gap-y-1 pt-3.5 pb-1.5 max-desk:gap-x-5">
      <p className={figure}>
        <b className="mr-2 text-28 tracking-figure">{last.fromFirst === null ? "–" : formatShare(last.fromFirst)}</b>
        <span className="text-ink-2">
          {first.people === 0
            ? `nobody did ${first.label}`
            : `got to ${last.label}, ${formatCount(last.people)} of ${formatCount(first.people)}`}
        </span>
      </p>
      {startToEnd && (
        <p className={cn("text-ink-2", figure)}>
          median <b className="text-ink">{formatSpan(startToEnd.median)}</b>{" "}
          <span className="text-ink-3">start to end</span>
        </p>
      )}
      <p className="text-12 text-ink-3">as of {formatClock(asOf, timeZone)} · exact</p>
      <p aria-hidden className="ml-auto flex gap-4 text-12 text-ink-2 max-desk:ml-0 max-desk:w-full">
        <span className="flex items-center gap-1.5">
          <span className="h-3 w-3.5 border-t-2 border-chart-1 bg-chart-1-soft" />
          everyone
        </span>
        <span className="flex items-center gap-1.5">
          <span className="h-3 w-3.5 bg-[repeating-linear-gradient(135deg,var(--chart-hatch)_0_1px,transparent_1px_4px)]" />
          dropped
        </span>
      </p>
    </div>
  );
}
