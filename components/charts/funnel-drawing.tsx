import { useId } from "react";
import type { FunnelFigure } from "@/core/funnel/figure";
import { type FunnelLayout, sameFigure } from "./funnel-layout";

interface FunnelDrawingProps {
  layout: FunnelLayout;
  /** What the chart shows, in a sentence. */
  label: string;
  /** The figure that is pointed at. */
  pointed: FunnelFigure | null;
}

const shares = [0, 0.25, 0.5, 0.75, 1];

/** Pale columns under a firm edge, and hatched above them those who were lost on the way. */
export function FunnelDrawing({ layout, label, pointed }: FunnelDrawingProps) {
  const { width, base, left, right, pitch, column, y, boxes } = layout;
  const id = useId();
  const steps = boxes.filter((box) => box.figure.outcome === "reached").length;
  const lost = boxes.filter((box) => box.figure.outcome === "dropped" && box.height > 0);
  return (
    <svg role="img" aria-label={label} width={width} height={base + 1} className="block overflow-visible">
      <defs>
        <Hatch id={`${id}-quiet`} ink="var(--chart-hatch)" width={1.25} />
        <Hatch id={`${id}-loud`} ink="var(--out-mark)" width={1.5} ground="var(--out-soft)" />
      </defs>
      {shares.map((share) => (
        <g key={share}>
          <path d={`M${left - 12} ${Math.round(y(share)) + 0.5}H${right}`} stroke="var(--chart-grid)" />
          <text x={left - 18} y={Math.round(y(share)) + 4} textAnchor="end" fontSize={12} fill="var(--chart-axis)">
            {share * 100}%
          </text>
        </g>
      ))}
      {boxes.map(({ figure, x, y: edge, height }) =>
        figure.outcome === "reached" ? (
          <g key={figure.step}>
            <rect
              x={x}
              y={edge}
              width={column}
              height={height}
              fill={sameFigure(figure, pointed) ? "var(--accent-line)" : "var(--chart-1-soft)"}
              className="transition-colors duration-(--m-fast)"
            />
            <rect x={x} y={edge - 1} width={column} height={2} fill="var(--chart-1)" />
            {figure.step < steps && (
              <path
                d={`M${x + column} ${Math.round(edge)}H${x + pitch}`}
                stroke="var(--chart-2)"
                strokeDasharray="2 3"
                fill="none"
              />
            )}
          </g>
        ) : null,
      )}
      {lost.map(({ figure, x, y: from, height }) => {
        const loud = sameFigure(figure, pointed);
        return (
          <rect
            key={figure.step}
            x={x}
            y={from}
            width={column}
            height={Math.max(0, height - 1)}
            fill={`url(#${id}-${loud ? "loud" : "quiet"})`}
            stroke={loud ? "var(--out-mark)" : "none"}
            strokeWidth={1.5}
          />
        );
      })}
    </svg>
  );
}

function Hatch({ id, ink, width, ground }: { id: string; ink: string; width: number; ground?: string }) {
  return (
    <pattern id={id} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      {ground && <rect width={6} height={6} fill={ground} />}
      <path d="M0 0V6" stroke={ink} strokeWidth={width} />
    </pattern>
  );
}
