import type { ScaleBand, ScaleLinear } from "d3-scale";
import { formatCount } from "@/client/format";

interface ColumnAxisProps {
  columns: readonly { key: string; label: string }[];
  x: ScaleBand<string>;
  y: ScaleLinear<number, number>;
  width: number;
  plotWidth: number;
  height: number;
  unfinished: boolean;
  /** Values below the base are told without their sign. */
  magnitudes?: boolean;
}

const labelRoom = 64;

/** Grid lines with their values outside the plot, and the days: the first, the last and some between. */
export function ColumnAxis({
  columns,
  x,
  y,
  width,
  plotWidth,
  height,
  unfinished,
  magnitudes = false,
}: ColumnAxisProps) {
  const last = columns.length - 1;
  const every = Math.max(1, Math.ceil((columns.length * labelRoom) / plotWidth));
  const named = columns.filter((_, index) => index % every === 0 && (last - index) * x.step() > labelRoom);
  const end = columns[last];
  const text = { fontSize: 11, fill: "var(--chart-axis)" };
  return (
    <g>
      {y
        .ticks(3)
        .filter(Number.isInteger)
        .map((tick) => (
          <g key={tick}>
            <path d={`M0 ${y(tick) + 0.5}H${plotWidth}`} stroke="var(--chart-grid)" />
            <text x={width} y={y(tick) + 4} textAnchor="end" {...text}>
              {formatCount(magnitudes ? Math.abs(tick) : tick)}
            </text>
          </g>
        ))}
      {named.map((column) => (
        <text key={column.key} x={x(column.key)} y={height - 4} {...text}>
          {column.label}
        </text>
      ))}
      {end && (
        <text x={plotWidth} y={height - 4} textAnchor="end" {...text}>
          {unfinished ? "today" : end.label}
        </text>
      )}
    </g>
  );
}
