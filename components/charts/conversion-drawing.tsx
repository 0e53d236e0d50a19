import type { ScaleLinear } from "d3-scale";
import { formatCount } from "@/client/format";
import type { ConversionPoint } from "./conversion-point";

type Scale = ScaleLinear<number, number>;

interface ConversionDrawingProps {
  points: readonly ConversionPoint[];
  shareOf: (point: ConversionPoint) => number | null;
  /** The point that is pointed at. */
  at: number | null;
  scales: { x: Scale; y: Scale; columnY: Scale };
  place: { width: number; plotWidth: number; height: number; base: number; lineBase: number };
}

const labelRoom = 64;
const text = { fontSize: 11, fill: "var(--chart-axis)" };
const percent = new Intl.NumberFormat("en-US", { style: "percent", maximumFractionDigits: 1 });

/** Grid and axes, the columns of those who entered, and the line of the share that got there. */
export function ConversionDrawing({ points, shareOf, at, scales, place }: ConversionDrawingProps) {
  const { x, y, columnY } = scales;
  const { width, plotWidth, height, base, lineBase } = place;
  const last = points.length - 1;
  const pitch = x(1) - x(0);
  const barWidth = Math.max(1, Math.min(28, pitch * 0.7));
  const every = Math.max(1, Math.ceil(labelRoom / pitch));
  const most = Math.max(0, ...points.map(({ entered }) => entered));
  return (
    <g>
      {y.ticks(3).map((tick) => (
        <g key={tick}>
          <path d={`M0 ${Math.round(y(tick)) + 0.5}H${plotWidth}`} stroke="var(--chart-grid)" />
          <text x={width} y={y(tick) + 4} textAnchor="end" {...text}>
            {percent.format(tick)}
          </text>
        </g>
      ))}
      <path d={`M0 ${base + 0.5}H${plotWidth}`} stroke="var(--chart-grid)" />
      <text x={width} y={columnY(most) + 4} textAnchor="end" {...text}>
        {formatCount(most)}
      </text>
      {points.map(({ key, entered }, index) => (
        <rect
          key={key}
          x={x(index) - barWidth / 2}
          y={columnY(entered)}
          width={barWidth}
          height={base - columnY(entered)}
          fill={index === at ? "var(--chart-2)" : "var(--chart-3)"}
        />
      ))}
      {points.map((point, index) => {
        const next = points[index + 1];
        const from = shareOf(point);
        const to = next ? shareOf(next) : null;
        if (!next || from === null || to === null) return null;
        const open = point.pending > 0 || next.pending > 0;
        return (
          <path
            key={point.key}
            d={`M${x(index)} ${y(from)}L${x(index + 1)} ${y(to)}`}
            stroke="var(--chart-1)"
            strokeWidth={1.75}
            strokeDasharray={open ? "3 3" : undefined}
          />
        );
      })}
      {points.map((point, index) => {
        const share = shareOf(point);
        if (share === null) return null;
        const open = point.pending > 0;
        return (
          <circle
            key={point.key}
            cx={x(index)}
            cy={y(share)}
            r={index === at ? 5 : pitch < 12 ? 2 : 3}
            fill={open ? "var(--page)" : "var(--chart-1)"}
            stroke="var(--chart-1)"
            strokeWidth={1.5}
          />
        );
      })}
      {at !== null && <path d={`M${x(at)} ${place.lineBase + 4}V8`} stroke="var(--chart-2)" strokeDasharray="2 3" />}
      <text x={0} y={lineBase + 13} {...text}>
        entered
      </text>
      {points.map(({ key, label }, index) => {
        const named = index === last || (index % every === 0 && x(last) - x(index) > labelRoom);
        if (!named) return null;
        const anchor = index === last && last > 0 ? "end" : index === 0 ? "start" : "middle";
        const place = anchor === "end" ? plotWidth : anchor === "start" ? 0 : x(index);
        return (
          <text key={key} x={place} y={height - 4} textAnchor={anchor} {...text}>
            {label}
          </text>
        );
      })}
    </g>
  );
}
