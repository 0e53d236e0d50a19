import { markPath, type SeriesLook } from "./series";

/** A mark as it stands in a legend. */
export function SeriesMark({ look }: { look: SeriesLook }) {
  return (
    <svg width={14} height={14} viewBox="-7 -7 14 14" aria-hidden className="flex-none">
      <path d={markPath(look)} fill="var(--page)" stroke={look.colour} strokeWidth={1.5} />
    </svg>
  );
}
