import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { cn } from "../ui/class-names";

interface SparklineProps {
  values: readonly number[];
  width?: number;
  height?: number;
  className?: string;
}

/** A line without axes, only ever beside its number, which says the same in words. */
export function Sparkline({ values, width = 56, height = 16, className }: SparklineProps) {
  const inset = 2;
  const x = scaleLinear([0, Math.max(1, values.length - 1)], [inset, width - inset]);
  const y = scaleLinear([0, Math.max(1, ...values)], [height - inset, inset]);
  const path = line<number>((_, index) => x(index), y)([...values]);
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      className={cn("block flex-none", className)}
    >
      {path && <path d={path} fill="none" stroke="var(--chart-1)" strokeWidth={1.5} strokeLinejoin="round" />}
    </svg>
  );
}
