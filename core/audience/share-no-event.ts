import type { EventMatch } from "./definition";
import { matchedTypes } from "./match-event";

/** Whether no event can be of the name and type of two of these. */
export function shareNoEvent(matches: readonly EventMatch[]): boolean {
  return matches.every((match, index) => matches.slice(index + 1).every((other) => areApart(match, other)));
}

function areApart(match: EventMatch, other: EventMatch): boolean {
  if (match.event !== undefined && other.event !== undefined && match.event !== other.event) return true;
  return !matchedTypes(match).some((type) => matchedTypes(other).includes(type));
}
