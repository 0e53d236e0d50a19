import { dateOf } from "./date";
import type { WindowAnchor } from "./definition";
import { matchesEvent } from "./match-event";
import type { Subject } from "./subject";
import { traitValues } from "./trait-values";

/**
 * The moment of a person that a window starts from, in milliseconds since the epoch (a fraction may remain of a trait's);
 * undefined for those who have none. Of several dates in one trait it is the earliest.
 */
export function anchorOf(anchor: WindowAnchor, subject: Subject): number | undefined {
  const { messages, moment } = subject;
  if (anchor === "first_seen") return messages.find((message) => matchesEvent({}, message, moment))?.timestamp;
  if ("trait" in anchor) {
    const dates = traitValues(anchor.trait, subject)
      .flat()
      .flatMap((value) => dateOf(value, moment.timeZone) ?? []);
    return dates.length === 0 ? undefined : Math.min(...dates);
  }
  return messages.find((message) => matchesEvent(anchor, message, moment))?.timestamp;
}
