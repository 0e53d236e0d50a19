import type { FunnelPicture } from "../charts/funnel-layout";
import { SeriesMark } from "../charts/series-mark";

interface StepsLegendProps {
  picture: FunnelPicture;
  /** The days that are compared with, in words. */
  comparedWith?: string;
}

/** What the columns, the hatch and the marks of the chart stand for; each figure says it itself as well. */
export function StepsLegend({ picture: { series }, comparedWith }: StepsLegendProps) {
  return (
    <p aria-hidden className="flex flex-wrap gap-x-4 gap-y-1 pt-1 text-12 text-ink-2">
      <span className="flex items-center gap-1.5">
        <span className="h-3 w-3.5 border-t-2 border-chart-1 bg-chart-1-soft" />
        everyone
      </span>
      {comparedWith !== undefined && (
        <span className="flex items-center gap-1.5">
          <span className="h-3 w-3.5 border-t-2 border-dashed border-chart-2 bg-chart-grid" />
          {comparedWith}
        </span>
      )}
      <span className="flex items-center gap-1.5">
        <span className="h-3 w-3.5 bg-[repeating-linear-gradient(135deg,var(--chart-hatch)_0_1px,transparent_1px_4px)]" />
        dropped
      </span>
      {series.map(({ name, look }) => (
        <span key={name} className="flex items-center gap-1">
          <SeriesMark look={look} />
          {name}
        </span>
      ))}
    </p>
  );
}
