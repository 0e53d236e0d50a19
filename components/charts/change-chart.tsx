"use client";

import { scaleBand, scaleLinear } from "d3-scale";
import { useState } from "react";
import { formatCount } from "@/client/format";
import { ColumnAxis } from "./column-axis";
import { ColumnBar } from "./column-bar";
import { PointableSvg } from "./pointable-svg";
import { useWidth } from "./use-width";

export interface ChangeColumn {
  key: string;
  /** On the axis: "21 Nov". */
  label: string;
  /** In full, for the readout: "Sat 21 Nov 2026". */
  title: string;
  up: number;
  down: number;
  /** Marked on the base line; in words for the readout. */
  mark?: string | undefined;
}

interface ChangeChartProps {
  /** The finding in one sentence. */
  label: string;
  columns: readonly ChangeColumn[];
  /** What is counted above and below: "entered", "left". */
  words: { up: string; down: string };
  /** What a mark stands for, at the head of the table. */
  markHead: string;
  unfinishedUntil: string;
  onOpen: (index: number) => void;
}

const height = 168;
const margin = { top: 10, right: 44, bottom: 20 };
const sides = {
  up: { body: "var(--chart-1-soft)", edge: "var(--chart-1)" },
  down: { body: "var(--chart-3)", edge: "var(--chart-2)" },
} as const;

/** Columns over days, upwards for who came and downwards for who went; the same figures stand in a table. */
export function ChangeChart({ label, columns, words, markHead, unfinishedUntil, onOpen }: ChangeChartProps) {
  const { ref, width } = useWidth<HTMLDivElement>(600);
  const [at, setAt] = useState<number | null>(null);
  const plotWidth = Math.max(40, width - margin.right);
  const x = scaleBand(
    columns.map(({ key }) => key),
    [0, plotWidth],
  )
    .paddingInner(0.2)
    .paddingOuter(0.1);
  const most = (side: "up" | "down") => Math.max(0, ...columns.map((column) => column[side]));
  const y = scaleLinear(
    [-Math.max(most("down"), 1), Math.max(most("up"), 1)],
    [height - margin.bottom, margin.top],
  ).nice(4);
  const base = y(0);
  const pointed = at === null ? undefined : columns[at];
  const last = columns.length - 1;
  const readout = (column: ChangeColumn, index: number) =>
    [
      `${column.title}${index === last ? ` until ${unfinishedUntil}` : ""}: ${formatCount(column.up)} ${words.up}, ${formatCount(column.down)} ${words.down}`,
      ...(column.mark === undefined ? [] : [column.mark]),
    ].join(" · ");
  return (
    <div ref={ref}>
      <PointableSvg
        label={label}
        width={width}
        height={height}
        count={columns.length}
        at={at}
        onPoint={setAt}
        onOpen={onOpen}
        className="cursor-pointer"
      >
        <ColumnAxis
          columns={columns}
          x={x}
          y={y}
          width={width}
          plotWidth={plotWidth}
          height={height}
          unfinished
          magnitudes
        />
        {columns.map((column, index) => {
          const left = x(column.key) ?? 0;
          return (
            <g key={column.key} opacity={at === null || at === index ? 1 : 0.55}>
              {(["up", "down"] as const).map((side) => (
                <ColumnBar
                  key={side}
                  fills={sides[side]}
                  left={left}
                  width={x.bandwidth()}
                  base={base}
                  end={y(side === "up" ? column.up : -column.down)}
                  isUnfinished={index === last}
                />
              ))}
              {column.mark !== undefined && (
                <path
                  d={`M${left + x.bandwidth() / 2} ${base - 5}l5 5l-5 5l-5 -5z`}
                  fill="var(--surface)"
                  stroke="var(--ink-2)"
                  strokeWidth={1.5}
                />
              )}
              <rect
                x={left - (x.step() - x.bandwidth()) / 2}
                y={0}
                width={x.step()}
                height={height - margin.bottom}
                fill="transparent"
                onPointerEnter={() => setAt(index)}
              />
            </g>
          );
        })}
        <path d={`M0 ${base}H${plotWidth}`} stroke="var(--chart-axis)" />
      </PointableSvg>
      <p className="min-h-5 pt-1 text-12 text-ink-3" aria-live="polite">
        {pointed && at !== null && readout(pointed, at)}
      </p>
      {/* A table is as wide as its words, wherever it is hidden: so it is what holds it that is hidden. */}
      <div className="sr-only">
        <table>
          <caption>{label}</caption>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col">{words.up}</th>
              <th scope="col">{words.down}</th>
              <th scope="col">{markHead}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map(({ key, title, up, down, mark }) => (
              <tr key={key}>
                <th scope="row">{title}</th>
                <td>{formatCount(up)}</td>
                <td>{formatCount(down)}</td>
                <td>{mark ?? "none"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
