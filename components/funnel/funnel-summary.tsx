"use client";

import { formatClock, formatCount, formatShare } from "@/client/format";
import { rangeWords } from "@/client/funnel-draft/sentence-words";
import { pointsWords } from "@/client/funnel-figures/difference";
import { useTimeZone } from "@/client/queries/workspace";
import { formatSpan } from "@/client/span";
import type { FunnelPreview } from "@/core/api/funnels";
import { cn } from "../ui/class-names";

interface FunnelSummaryProps {
  preview: FunnelPreview;
  stale: boolean;
  working: boolean;
}

/** The one figure of the funnel: of those who start, the share that gets to the end, how soon, and as of when. */
export function FunnelSummary({ preview, stale, working }: FunnelSummaryProps) {
  const timeZone = useTimeZone();
  const { steps, startToEnd, asOf, sample, compare } = preview;
  const first = steps[0];
  const last = steps.at(-1);
  if (!first || !last) return null;
  const then = compare?.steps.at(-1);
  const figure = cn("transition-opacity duration-(--m-slow)", stale && "stale");
  const about = sample ? "about " : "";
  return (
    <div className="flex flex-wrap items-baseline gap-x-10 gap-y-1 pt-3.5 pb-1.5 max-desk:gap-x-5">
      <p className={figure}>
        <b className="mr-2 text-28 tracking-figure">{last.fromFirst === null ? "–" : formatShare(last.fromFirst)}</b>
        <span className="text-ink-2">
          {first.people === 0
            ? `nobody did ${first.label}`
            : `got to ${last.label}, ${about}${formatCount(last.people)} of ${about}${formatCount(first.people)}`}
        </span>
      </p>
      {then && compare && (
        <p className={cn("text-ink-2", figure)}>
          <b className="text-ink">{pointsWords(last.fromFirst, then.fromFirst)}</b> against{" "}
          {then.fromFirst === null ? "nobody" : formatShare(then.fromFirst)}{" "}
          <span className="text-ink-3">in {rangeWords(compare.range, timeZone)}</span>
        </p>
      )}
      {startToEnd && (
        <p className={cn("text-ink-2", figure)}>
          median <b className="text-ink">{formatSpan(startToEnd.median)}</b>{" "}
          <span className="text-ink-3">start to end</span>
        </p>
      )}
      <p className="text-12 text-ink-3">
        as of {formatClock(asOf, timeZone)} ·{" "}
        {sample
          ? `estimate from 1 of ${sample.of} people${working ? " · exact figure on its way" : ""}`
          : working
            ? "counting…"
            : "exact"}
      </p>
    </div>
  );
}
