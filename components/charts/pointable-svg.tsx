import type { KeyboardEvent, PointerEvent, ReactNode } from "react";
import { cn } from "../ui/class-names";

interface PointableSvgProps {
  /** The finding in one sentence. */
  label: string;
  width: number;
  height: number;
  /** How many points there are. */
  count: number;
  /** The one that is pointed at. */
  at: number | null;
  onPoint: (at: number | null) => void;
  /** Enter or a click on the one that is pointed at. */
  onOpen?: ((at: number) => void) | undefined;
  onPointerMove?: (event: PointerEvent<SVGSVGElement>) => void;
  /** The first point stands at the right. */
  newestFirst?: boolean;
  className?: string;
  children: ReactNode;
}

/** A drawing of points, one tab stop: the arrow keys, Home and End go from one to the next. Which one is hovered, it is told. */
export function PointableSvg(props: PointableSvgProps) {
  const { label, width, height, count, at, onPoint, onOpen, onPointerMove, newestFirst, className, children } = props;
  const last = count - 1;
  const [left, right] = newestFirst ? [last, 0] : [0, last];
  const toRight = newestFirst ? -1 : 1;
  const point = (to: number) => onPoint(count === 0 ? null : Math.min(last, Math.max(0, to)));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowRight") point(at === null ? left : at + toRight);
    else if (event.key === "ArrowLeft") point(at === null ? right : at - toRight);
    else if (event.key === "Home") point(left);
    else if (event.key === "End") point(right);
    else if (event.key === "Enter" && at !== null && onOpen) onOpen(at);
    else if (event.key === "Escape" && at !== null) onPoint(null);
    else return;
    event.preventDefault();
  };
  return (
    <svg
      role="img"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys need a place to be pressed at
      tabIndex={0}
      aria-label={label}
      width="100%"
      height={height}
      viewBox={`0 0 ${Math.max(1, width)} ${height}`}
      preserveAspectRatio="none"
      className={cn("block rounded-1", className)}
      onPointerMove={onPointerMove}
      onPointerLeave={() => onPoint(null)}
      onClick={() => at !== null && onOpen?.(at)}
      onBlur={() => onPoint(null)}
      onKeyDown={onKeyDown}
    >
      {children}
    </svg>
  );
}
