import { line } from "d3-shape";
import { useId } from "react";
import { formatShare } from "@/client/format";
import { type Figure, figureKey, sameFigure } from "@/client/funnel-figures/figure";
import type { FunnelLayout } from "./funnel-layout";
import { markPath } from "./series";

interface FunnelDrawingProps {
  layout: FunnelLayout;
  /** What the chart shows, in a sentence. */
  label: string;
  /** The figure that is pointed at. */
  pointed: Figure | null;
}

const shares = [0, 0.25, 0.5, 0.75, 1];
const path = line<{ x: number; y: number }>(
  ({ x }) => x,
  ({ y }) => y,
);

/** Pale columns under a firm edge, hatched above them those who were lost on the way, and groups as lines over them. */
export function FunnelDrawing({ layout, label, pointed }: FunnelDrawingProps) {
  const { width, base, left, right, pitch, column, y, boxes, lines } = layout;
  const id = useId();
  const columns = boxes.filter(({ kind }) => kind === "column");
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
      {columns.map(({ figure, x, y: edge, height }, index) => (
        <g key={figureKey(figure)}>
          <rect
            x={x}
            y={edge}
            width={column}
            height={height}
            fill={sameFigure(figure, pointed) ? "var(--accent-line)" : "var(--chart-1-soft)"}
            className="transition-colors duration-(--m-fast)"
          />
          <rect x={x} y={edge - 1} width={column} height={2} fill="var(--chart-1)" />
          {index + 1 < columns.length && (
            <path
              d={`M${x + column} ${Math.round(edge)}H${x + pitch}`}
              stroke="var(--chart-2)"
              strokeDasharray="2 3"
              fill="none"
            />
          )}
        </g>
      ))}
      {boxes
        .filter(({ kind }) => kind === "compared")
        .map(({ figure, x, y: edge, width, height }) => (
          <g key={figureKey(figure)}>
            <rect
              x={x}
              y={edge}
              width={width}
              height={height}
              fill={sameFigure(figure, pointed) ? "var(--chart-3)" : "var(--chart-grid)"}
            />
            <path d={`M${x} ${edge}h${width}`} stroke="var(--chart-2)" strokeWidth={2} strokeDasharray="4 2" />
          </g>
        ))}
      {boxes
        .filter(({ kind, height }) => kind === "lost" && height > 0)
        .map(({ figure, x, y: from, width, height }) => {
          const loud = sameFigure(figure, pointed);
          return (
            <rect
              key={figureKey(figure)}
              x={x}
              y={from}
              width={width}
              height={Math.max(0, height - 1)}
              fill={`url(#${id}-${loud ? "loud" : "quiet"})`}
              stroke={loud ? "var(--out-mark)" : "none"}
              strokeWidth={1.5}
            />
          );
        })}
      {lines.map(({ name, look, points, labelY, steps }) => (
        <g key={name}>
          <path
            d={path([...points]) ?? undefined}
            fill="none"
            stroke={look.colour}
            strokeWidth={1.5}
            strokeDasharray={look.quiet ? "3 3" : undefined}
          />
          {points.map(({ x, y: at }) => (
            <path
              key={x}
              d={markPath(look)}
              transform={`translate(${x} ${at})`}
              fill="var(--page)"
              stroke={look.colour}
              strokeWidth={1.75}
            />
          ))}
          <text x={right + 4} y={labelY + 4} fontSize={12} fill="var(--ink-2)">
            {shortened(name)} <tspan fill="var(--ink-3)">{endShare(steps.at(-1)?.fromFirst)}</tspan>
          </text>
        </g>
      ))}
    </svg>
  );
}

function endShare(fraction: number | null | undefined): string {
  return fraction == null ? "–" : formatShare(fraction);
}

/** As much of a name as there is room for at the end of its line. */
function shortened(name: string): string {
  return name.length > 14 ? `${name.slice(0, 13)}…` : name;
}

function Hatch({ id, ink, width, ground }: { id: string; ink: string; width: number; ground?: string }) {
  return (
    <pattern id={id} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      {ground && <rect width={6} height={6} fill={ground} />}
      <path d="M0 0V6" stroke={ink} strokeWidth={width} />
    </pattern>
  );
}
