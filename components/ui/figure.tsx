import type { ReactNode } from "react";
import { formatCount, formatShare } from "@/client/format";
import { cn } from "./class-names";

const sizes = {
  20: "text-20",
  28: "text-28",
  40: "text-40",
} as const;

interface FigureProps {
  value: number;
  /** What the figure counts: "people". */
  unit: string;
  /** Whom it is a share of. */
  of?: number;
  /** A quiet line below it: when it held, "as of 14:32:07 · exact". */
  asOf?: ReactNode;
  size?: keyof typeof sizes;
  /** The old number, dimmed, while a new one is computed. */
  stale?: boolean;
}

/** A number with its denominator and its time. */
export function Figure({ value, unit, of, asOf, size = 40, stale = false }: FigureProps) {
  return (
    <div>
      <p className="flex flex-wrap items-baseline gap-x-2.5">
        <b
          className={cn(
            sizes[size],
            "tabular-nums tracking-figure transition-opacity duration-(--m-slow)",
            stale && "stale",
          )}
        >
          {formatCount(value)}
        </b>
        <span className="text-ink-2">{unit}</span>
        {of !== undefined && of > 0 && (
          <span className="text-ink-2">
            {formatShare(value / of)} of {formatCount(of)}
          </span>
        )}
      </p>
      {asOf && <p className="text-12 text-ink-3">{asOf}</p>}
    </div>
  );
}
