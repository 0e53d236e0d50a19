import { durationMs } from "../../duration";
import type { HistoryMessage } from "../../event/message";
import type { EventNode } from "../definition";
import { countHolds } from "../event-node";
import { matchesEvent } from "../match-event";
import { isRelative } from "./filter-edges";

/**
 * The answers of a condition that counts events in a window that moves with time, in a few steps each instead of one for
 * every event; undefined for any other condition.
 */
export function rollingCount(
  node: EventNode,
  messages: readonly HistoryMessage[],
  timeZone: string,
): ((now: number) => boolean) | undefined {
  const { window, occurrence = "any", aggregate, where = [], count } = node;
  if (occurrence !== "any" || aggregate || where.some(isRelative)) return undefined;
  const stay = stayIn(window);
  if (!stay) return undefined;
  // Which filters an event fits does not depend on the moment.
  const events = messages.filter((message) => matchesEvent(node, message, { now: 0, timeZone }));
  const entries = Float64Array.from(events, ({ timestamp }) => timestamp + stay.after).sort();
  const exits = Float64Array.from(events, ({ timestamp }) => timestamp + stay.until).sort();
  return (now) => countHolds(count, upTo(entries, now) - upTo(exits, now));
}

/** From how long after it until how long after it an event is in a window, in milliseconds; the end is exclusive. */
function stayIn(window: EventNode["window"]): { after: number; until: number } | undefined {
  switch (window?.kind) {
    case "last":
      return { after: 0, until: durationMs(window) + 1 };
    case "before_last":
      return { after: durationMs(window) + 1, until: Infinity };
    case "between_ago": {
      const after = durationMs(window.to) + 1;
      return { after, until: Math.max(after, durationMs(window.from) + 1) };
    }
    default:
      return undefined;
  }
}

/** How many of some sorted numbers are not more than a limit. */
function upTo(sorted: Float64Array, limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
