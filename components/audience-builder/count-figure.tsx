import { formatCount, formatShare } from "@/client/format";
import type { AudiencePreview } from "@/core/api/audiences";
import { cn } from "../ui/class-names";

interface CountFigureProps {
  /** What was counted last; undefined before the first answer. */
  preview: AudiencePreview | undefined;
  /** An estimate of what is being counted: shown until the exact count is there. */
  estimate: AudiencePreview | undefined;
  /** The last count is of an earlier draft. */
  stale: boolean;
}

/** "801 people, 26.8% of 2,992"; "about 12,300 people" while that is an estimate. */
export function CountFigure({ preview, estimate, stale }: CountFigureProps) {
  const shown = estimate ?? preview;
  const count = estimate ? Number(estimate.count.toPrecision(3)) : preview?.count;
  return (
    <p className="flex flex-wrap items-baseline gap-x-2.5 text-ink-2">
      <b
        className={cn(
          "text-40 tracking-figure text-ink transition-opacity duration-(--m-slow) max-desk:text-28",
          stale && !estimate && "stale",
        )}
      >
        {estimate && <span className="text-20 tracking-normal">about </span>}
        {count === undefined ? "–" : formatCount(count)}
      </b>
      {shown && (
        <>
          <span>{count === 1 ? "person" : "people"}</span>
          {shown.candidates > 0 && (
            <span className="text-ink-3">
              {formatShare(shown.count / shown.candidates)}
              {!estimate && ` of ${formatCount(shown.candidates)}`}
            </span>
          )}
        </>
      )}
    </p>
  );
}
