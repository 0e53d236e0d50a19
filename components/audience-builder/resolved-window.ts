import type { DraftAnchor, DraftWindow } from "@/client/audience-draft/draft-window";
import { isLength, isWindowFinished } from "@/client/audience-draft/finished-window";
import { formatMoment } from "@/client/format";
import { durationWords } from "@/core/audience/describe/number-words";
import { type TimeBounds, windowBounds } from "@/core/audience/window";

const moving = new Set<DraftWindow["kind"]>(["last", "before_last", "between_ago"]);

/** The moments of a window as of now; undefined while it is unfinished, and where each person has their own. */
export function resolveWindow(window: DraftWindow, now: number, timeZone: string): TimeBounds | undefined {
  if (window.kind === "after" || !isWindowFinished(window)) return undefined;
  return windowBounds(window, { now, timeZone });
}

/** "Before Sat 21 Nov 2026 14:32:07, Europe/Berlin. Moves with time." */
export function resolvedWords(window: DraftWindow, now: number, timeZone: string): string {
  if (window.kind === "after") return anchoredWords(window);
  const bounds = resolveWindow(window, now, timeZone);
  if (!bounds) return window.kind === "between_ago" ? "The first amount is the older one." : "Not finished yet.";
  const from = Number.isFinite(bounds.from) ? formatMoment(bounds.from, timeZone) : undefined;
  const to = Number.isFinite(bounds.to) ? formatMoment(bounds.to, timeZone) : undefined;
  const tail = tailOf(window);
  if (window.kind === "last") return `From ${from} until now, ${timeZone}.${tail}`;
  if (from && to) return `From ${from} to before ${to}, ${timeZone}.${tail}`;
  if (from) return `From ${from}, ${timeZone}.${tail}`;
  if (to) return `Before ${to}, ${timeZone}.${tail}`;
  return "At any time until now.";
}

function tailOf({ kind }: DraftWindow): string {
  if (kind === "calendar") return " Moves on at midnight.";
  return moving.has(kind) ? " Moves with time." : "";
}

function anchoredWords(window: Extract<DraftWindow, { kind: "after" }>): string {
  if (!isLength(window)) return "Not finished yet.";
  const { start, without } = anchorTexts(window.anchor);
  return `From ${start} to ${durationWords(window)} later, both included: each person has their own.${without}`;
}

function anchorTexts(anchor: DraftAnchor): { start: string; without: string } {
  switch (anchor.kind) {
    case "first_seen":
      return { start: "their very first event", without: "" };
    case "trait":
      return { start: `their ${anchor.trait}`, without: ` Who has no such date has no events in it.` };
    case "event": {
      const event = anchor.choice.kind === "named" ? anchor.choice.event : "event";
      return { start: `their first ${event}`, without: " Who never did that has no events in it." };
    }
  }
}
