import { isWindowFinished } from "@/client/audience-draft/window-words";
import { formatMoment } from "@/client/format";
import type { EventWindow } from "@/core/audience/definition";
import { type TimeBounds, windowBounds } from "@/core/audience/window";

const moving = new Set<EventWindow["kind"]>(["last", "before_last", "between_ago"]);

/** The moments of a window as of now; undefined while it is unfinished. */
export function resolveWindow(window: EventWindow, now: number, timeZone: string): TimeBounds | undefined {
  return isWindowFinished(window) ? windowBounds(window, { now, timeZone }) : undefined;
}

/** "Before Sat 21 Nov 2026 14:32:07, Europe/Berlin. Moves with time." */
export function resolvedWords(window: EventWindow, now: number, timeZone: string): string {
  const bounds = resolveWindow(window, now, timeZone);
  if (!bounds) return window.kind === "between_ago" ? "The first amount is the older one." : "Not finished yet.";
  const from = Number.isFinite(bounds.from) ? formatMoment(bounds.from, timeZone) : undefined;
  const to = Number.isFinite(bounds.to) ? formatMoment(bounds.to, timeZone) : undefined;
  const tail = moving.has(window.kind) ? " Moves with time." : "";
  if (window.kind === "last") return `From ${from} until now, ${timeZone}.${tail}`;
  if (from && to) return `From ${from} to before ${to}, ${timeZone}.${tail}`;
  if (from) return `From ${from}, ${timeZone}.${tail}`;
  if (to) return `Before ${to}, ${timeZone}.${tail}`;
  return "At any time until now.";
}
