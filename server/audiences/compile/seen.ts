import { dateOf } from "@/core/audience/date";
import type { TraitNode } from "@/core/audience/filter";
import type { Moment } from "@/core/audience/operators";
import { durationMs } from "@/core/duration";
import { peopleWhoDidWithin } from "./did";
import type { PeopleSet } from "./set-reader";
import { without } from "./sets";

/**
 * The set of the people whose first or last event of all (`$first_seen`, `$last_seen`) fits a comparison of dates, or
 * exists: made of who had an event before or after a moment, so that nobody's events need be gone through. Undefined for
 * other comparisons. Of a negation it is the set for the operator that it negates.
 */
export function peopleSeen(node: TraitNode, moment: Moment): PeopleSet | undefined {
  const { now, timeZone } = moment;
  const within = (from: number, to: number) => peopleWhoDidWithin({}, { from, to }, moment);
  const someone = () => within(-Infinity, Infinity);
  const first = node.trait === "$first_seen";
  // Timestamps are whole milliseconds: the one after a date is the next whole one.
  const seenBefore = (date: number) => (first ? within(-Infinity, date) : without(someone(), within(date, Infinity)));
  const seenAfter = (date: number) => {
    const next = Math.floor(date) + 1;
    return first ? without(someone(), within(-Infinity, next)) : within(next, Infinity);
  };
  switch (node.op) {
    case "exists":
    case "not_exists":
      return someone();
    case "before":
    case "after": {
      const date = dateOf(node.value, timeZone);
      if (date === undefined) return undefined;
      return node.op === "before" ? seenBefore(date) : seenAfter(date);
    }
    case "more_than_ago":
      return seenBefore(now - durationMs(node.value));
    case "within_last":
      return without(someone(), seenBefore(now - durationMs(node.value)));
    case "within_next":
      return without(someone(), seenBefore(now));
    case "more_than_from_now":
      return seenAfter(now + durationMs(node.value));
    default:
      return undefined;
  }
}
