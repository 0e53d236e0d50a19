interface ColumnBarProps {
  fills: { body: string; edge: string };
  left: number;
  width: number;
  /** Where it starts, and where it ends: above that or below. */
  base: number;
  end: number;
  isUnfinished: boolean;
}

/** One column with a firm edge where it ends; one that is unfinished has a dashed outline. Nothing where there is nothing. */
export function ColumnBar({ fills: { body, edge }, left, width, base, end, isUnfinished }: ColumnBarProps) {
  if (end === base) return null;
  const [top, size] = [Math.min(base, end), Math.abs(base - end)];
  return (
    <>
      <rect x={left} y={top} width={width} height={size} fill={body} opacity={0.75} />
      {isUnfinished ? (
        <rect
          x={left + 0.5}
          y={top}
          width={Math.max(0, width - 1)}
          height={size}
          fill="none"
          stroke={edge}
          strokeDasharray="2 2"
        />
      ) : (
        <rect x={left} y={end < base ? end : end - 1.5} width={width} height={1.5} fill={edge} />
      )}
    </>
  );
}
