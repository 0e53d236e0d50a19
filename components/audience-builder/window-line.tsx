import { formatDate, formatMinute } from "@/client/format";
import type { TimeBounds } from "@/core/audience/window";

const end = 392;

/** A line from ever to now with the side that counts drawn thick; its words stand above it. Not to scale. */
export function WindowLine({ bounds, now, timeZone }: { bounds: TimeBounds; now: number; timeZone: string }) {
  const from = Number.isFinite(bounds.from) ? bounds.from : undefined;
  const to = Number.isFinite(bounds.to) && bounds.to <= now ? bounds.to : undefined;
  const x1 = from === undefined ? 4 : to === undefined ? 250 : 130;
  const x2 = to === undefined ? end : 290;
  const marks = [
    { x: x1, at: from },
    { x: x2, at: to },
  ].filter((mark) => mark.at !== undefined);
  return (
    <svg viewBox="0 0 396 38" aria-hidden="true" className="mt-1 block w-full max-w-[396px]">
      <path d={`M4 12H${end}`} stroke="var(--line-strong)" strokeWidth="1.5" />
      <path d={`M${x1} 12H${x2}`} stroke="var(--chart-1)" strokeWidth="4" />
      <path d={`M${end} 6V18`} stroke="var(--ink-2)" strokeWidth="1.5" />
      {marks.map(({ x, at }) => (
        <g key={x}>
          <path d={`M${x} 6V18`} stroke="var(--ink-2)" strokeWidth="1.5" />
          <text x={x} y="34" textAnchor="middle" fontSize="11" fill="var(--chart-axis)">
            {shortMoment(at ?? 0, timeZone)}
          </text>
        </g>
      ))}
      <text x={end} y="34" textAnchor="end" fontSize="11" fill="var(--chart-axis)">
        now
      </text>
      <text x="4" y="34" fontSize="11" fill="var(--chart-axis)">
        ever
      </text>
    </svg>
  );
}

/** Sat 21 Nov 14:32: the year stands in the words. */
function shortMoment(at: number, timeZone: string): string {
  return `${formatDate(at, timeZone).split(" ").slice(0, 3).join(" ")} ${formatMinute(at, timeZone)}`;
}
