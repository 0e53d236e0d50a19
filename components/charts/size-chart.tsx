"use client";

import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { type ReactNode, useState } from "react";
import { formatCount, formatDate, formatDay } from "@/client/format";
import { PointableSvg } from "./pointable-svg";
import { useWidth } from "./use-width";

export interface SizePoint {
  at: string;
  /** 2026-11-23. */
  day: string;
  count: number;
}

interface SizeSeries {
  name: string;
  /** Newest first; more may follow. */
  points: readonly SizePoint[];
  dashed?: boolean;
}

interface SizeChartProps {
  /** The finding in one sentence. */
  label: string;
  /** The first one is pointed at. */
  series: readonly [SizeSeries, ...SizeSeries[]];
  /** How many points a finished series has. */
  length: number;
  timeZone: string;
  onOpen: (point: SizePoint) => void;
  /** Where the readout stands while no day is pointed at. */
  note?: ReactNode;
}

const height = 88;
const margin = { top: 8, right: 44, bottom: 20, left: 3 };
const axisText = { fontSize: 11, fill: "var(--chart-axis)" };

/** Lines over days that grow from today backwards as they are counted; the axis begins at the smallest figure. */
export function SizeChart({ label, series, length, timeZone, onOpen, note }: SizeChartProps) {
  const { ref, width } = useWidth<HTMLDivElement>(290);
  const [back, setBack] = useState<number | null>(null);
  const [{ points }] = series;
  const counts = series.flatMap((one) => one.points.map(({ count }) => count));
  const [low, high] = [Math.min(...counts), Math.max(...counts)];
  const right = Math.max(40, width - margin.right);
  const x = scaleLinear([length - 1, 0], [margin.left, right - 3]);
  const y = scaleLinear([low, Math.max(high, low + 2)], [height - margin.bottom, margin.top]).nice(2);
  const path = line<SizePoint>(
    (_, index) => x(index),
    ({ count }) => y(count),
  );
  const pointed = back === null ? undefined : points[back];
  const oldest = points.length === length ? points.at(-1) : undefined;
  return (
    <div ref={ref}>
      <PointableSvg
        label={label}
        width={width}
        height={height}
        count={points.length}
        at={back}
        onPoint={setBack}
        onOpen={() => pointed && onOpen(pointed)}
        onPointerMove={(event) => {
          const from = event.currentTarget.getBoundingClientRect().left;
          const index = Math.round(x.invert(event.clientX - from));
          setBack(index >= 0 && index < points.length ? index : null);
        }}
        newestFirst
        className="cursor-pointer"
      >
        {y
          .ticks(2)
          .filter(Number.isInteger)
          .map((tick) => (
            <g key={tick}>
              <path d={`M0 ${y(tick) + 0.5}H${right}`} stroke="var(--chart-grid)" />
              <text x={width} y={y(tick) + 4} textAnchor="end" {...axisText}>
                {formatCount(tick)}
              </text>
            </g>
          ))}
        {oldest && (
          <text x={0} y={height - 4} {...axisText}>
            {formatDay(oldest.day)}
          </text>
        )}
        <text x={right} y={height - 4} textAnchor="end" {...axisText}>
          now
        </text>
        {series.toReversed().map((one) => (
          <path
            key={one.name}
            d={path([...one.points]) ?? undefined}
            fill="none"
            stroke={one.dashed ? "var(--chart-axis)" : "var(--chart-1)"}
            strokeWidth={1.5}
            strokeLinejoin="round"
            strokeDasharray={one.dashed ? "3 3" : undefined}
          />
        ))}
        {points[back ?? 0] && (
          <circle cx={x(back ?? 0)} cy={y(points[back ?? 0]?.count ?? 0)} r={2.5} fill="var(--chart-1)" />
        )}
      </PointableSvg>
      <div className="h-5 truncate text-12 text-ink-3">
        {pointed ? (
          <p aria-live="polite">{`${dayWords(pointed, back, timeZone)}: ${formatCount(pointed.count)} people`}</p>
        ) : (
          note
        )}
      </div>
      {/* A table is as wide as its words, wherever it is hidden: so it is what holds it that is hidden. */}
      <div className="sr-only">
        <table>
          <caption>{label}</caption>
          <thead>
            <tr>
              <th scope="col">End of</th>
              {series.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {points.map((point, index) => (
              <tr key={point.at}>
                <th scope="row">{dayWords(point, index, timeZone)}</th>
                {series.map((one) => (
                  <td key={one.name}>{formatCount(one.points[index]?.count ?? 0)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function dayWords({ at }: SizePoint, back: number | null, timeZone: string): string {
  return back === 0 ? "Now" : `End of ${formatDate(at, timeZone)}`;
}
