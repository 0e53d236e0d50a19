"use client";

import { scaleLinear } from "d3-scale";
import { useState } from "react";
import { formatCount, formatShare } from "@/client/format";
import { ConversionDrawing } from "./conversion-drawing";
import type { ConversionPoint } from "./conversion-point";
import { PointableSvg } from "./pointable-svg";
import { useWidth } from "./use-width";

interface ConversionChartProps {
  /** The finding in one sentence. */
  label: string;
  points: readonly ConversionPoint[];
  /** Enter or a click on a point. */
  onOpen: (index: number) => void;
}

const height = 250;
const margin = { top: 12, right: 48, bottom: 20 };
/** Below the line: how many entered. */
const columnsHeight = 48;
const gap = 22;

/** Conversion as a line over how many entered; dashed and hollow while some of them still have time. */
export function ConversionChart({ label, points, onOpen }: ConversionChartProps) {
  const { ref, width } = useWidth<HTMLDivElement>(900);
  const [at, setAt] = useState<number | null>(null);
  const plotWidth = Math.max(80, width - margin.right);
  const base = height - margin.bottom;
  const lineBase = base - columnsHeight - gap;
  const last = points.length - 1;
  const inset = Math.min(16, plotWidth / (2 * Math.max(1, points.length)));
  const x = scaleLinear([0, Math.max(1, last)], [inset, plotWidth - inset]);
  const highest = Math.max(0.01, ...points.map(shareOf).map((share) => share ?? 0));
  const y = scaleLinear([0, highest], [lineBase, margin.top]).nice(3);
  const columnY = scaleLinear([0, Math.max(1, ...points.map(({ entered }) => entered))], [base, base - columnsHeight]);
  const pointed = at === null ? undefined : points[at];
  return (
    <div ref={ref}>
      <PointableSvg
        label={label}
        width={width}
        height={height}
        count={points.length}
        at={at}
        onPoint={setAt}
        onOpen={onOpen}
      >
        <ConversionDrawing
          points={points}
          shareOf={shareOf}
          at={at}
          scales={{ x, y, columnY }}
          place={{ width, plotWidth, height, base, lineBase }}
        />
        {points.map((point, index) => (
          <rect
            key={point.key}
            x={x(index - 0.5)}
            y={0}
            width={Math.max(1, x(1) - x(0))}
            height={base}
            fill="transparent"
            className="cursor-pointer"
            onPointerEnter={() => setAt(index)}
          />
        ))}
      </PointableSvg>
      <p className="h-4 truncate text-12 text-ink-3" aria-live="polite">
        {pointed && readout(pointed)}
      </p>
    </div>
  );
}

/** Null where nobody entered. */
function shareOf({ entered, converted }: ConversionPoint): number | null {
  return entered === 0 ? null : converted / entered;
}

function readout(point: ConversionPoint): string {
  const share = shareOf(point);
  if (share === null) return `${point.title}: nobody entered`;
  const open = point.pending > 0 ? `, ${formatCount(point.pending)} still have time` : "";
  return `${point.title}: ${formatShare(share)}, ${formatCount(point.converted)} of ${formatCount(point.entered)}${open}`;
}
