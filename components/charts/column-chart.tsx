"use client";

import { scaleBand, scaleLinear } from "d3-scale";
import { useState } from "react";
import { formatCount } from "@/client/format";
import { ColumnAxis } from "./column-axis";
import { ColumnBar } from "./column-bar";
import { PointableSvg } from "./pointable-svg";
import { useWidth } from "./use-width";

export interface Column {
  key: string;
  /** On the axis: "21 Nov". */
  label: string;
  /** In full, for the readout: "Sat 21 Nov 2026". */
  title: string;
  value: number;
}

interface ColumnChartProps {
  /** The finding in one sentence. */
  label: string;
  columns: readonly Column[];
  /** What a value counts: "events". */
  unit: string;
  /** The last column is unfinished until this minute, "14:31"; absent when it is finished. */
  unfinishedUntil?: string;
  /** The series is the accent; everything else is ink. */
  tone?: "accent" | "ink";
  height?: number;
  /** What a column is of, at the head of the table: "Day" unless told. */
  head?: string;
  /** Enter or a click on a column. */
  onOpen?: (index: number) => void;
}

const margin = { top: 8, right: 44, bottom: 20 };
const fills = {
  accent: { body: "var(--chart-1-soft)", edge: "var(--chart-1)" },
  ink: { body: "var(--chart-3)", edge: "var(--chart-2)" },
} as const;

/** Columns over days with a firm upper edge; the same figures stand in a table for those who do not see them. */
export function ColumnChart({
  label,
  columns,
  unit,
  unfinishedUntil,
  tone = "accent",
  height = 150,
  head = "Day",
  onOpen,
}: ColumnChartProps) {
  const { ref, width } = useWidth<HTMLDivElement>(600);
  const [at, setAt] = useState<number | null>(null);
  const plotWidth = Math.max(40, width - margin.right);
  const base = height - margin.bottom;
  const x = scaleBand(
    columns.map((column) => column.key),
    [0, plotWidth],
  )
    .paddingInner(0.2)
    .paddingOuter(0.1);
  const y = scaleLinear([0, Math.max(1, ...columns.map((column) => column.value))], [base, margin.top]).nice(3);
  const pointed = at === null ? undefined : columns[at];
  const last = columns.length - 1;
  return (
    <div ref={ref} className="relative">
      <PointableSvg
        label={label}
        width={width}
        height={height}
        count={columns.length}
        at={at}
        onPoint={setAt}
        onOpen={onOpen}
      >
        <ColumnAxis
          columns={columns}
          x={x}
          y={y}
          width={width}
          plotWidth={plotWidth}
          height={height}
          unfinished={unfinishedUntil !== undefined}
        />
        {columns.map((column, index) => {
          const left = x(column.key) ?? 0;
          return (
            <g key={column.key} opacity={at === null || at === index ? 1 : 0.55}>
              <ColumnBar
                fills={fills[tone]}
                left={left}
                width={x.bandwidth()}
                base={base}
                end={y(column.value)}
                isUnfinished={index === last && unfinishedUntil !== undefined}
              />
              <rect
                x={left - (x.step() - x.bandwidth()) / 2}
                y={0}
                width={x.step()}
                height={base}
                fill="transparent"
                onPointerEnter={() => setAt(index)}
                className={onOpen && column.value > 0 ? "cursor-pointer" : undefined}
              />
            </g>
          );
        })}
      </PointableSvg>
      <p className="h-4 truncate text-12 text-ink-3" aria-live="polite">
        {pointed &&
          `${pointed.title}${at === last && unfinishedUntil ? ` until ${unfinishedUntil}` : ""}: ${formatCount(pointed.value)} ${unit}`}
      </p>
      {/* A table is as wide as its words, wherever it is hidden: so it is what holds it that is hidden. */}
      <div className="sr-only">
        <table>
          <caption>{label}</caption>
          <thead>
            <tr>
              <th scope="col">{head}</th>
              <th scope="col">{unit}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <tr key={column.key}>
                <th scope="row">{column.title}</th>
                <td>{formatCount(column.value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
