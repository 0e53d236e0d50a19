import type { HistoryMessage } from "../event/message";
import { eventTypes } from "../event/message";
import type { EventMatch } from "./definition";
import type { EventFilter } from "./filter";
import { holds, type Moment } from "./operators";
import { valuesAt } from "./value";

/** The types that a match can pick: `track` when it names an event, any event type when it names nothing. */
export function matchedTypes({ event, type }: EventMatch): readonly HistoryMessage["type"][] {
  if (type !== undefined) return [type];
  return event === undefined ? eventTypes : ["track"];
}

/** Whether a message is an event of the name and type asked for. */
export function isNamed(match: EventMatch, { type, event }: HistoryMessage): boolean {
  if (match.event !== undefined && match.event !== event) return false;
  return match.type === undefined ? matchedTypes(match).includes(type) : match.type === type;
}

/** Whether a message is an event of the name and type asked for that fits every filter. Time is not looked at. */
export function matchesEvent(match: EventMatch, message: HistoryMessage, moment: Moment): boolean {
  return isNamed(match, message) && (match.where ?? []).every((filter) => filterHolds(filter, message, moment));
}

/** Whether a filter holds for an event. */
export function filterHolds(filter: EventFilter, message: HistoryMessage, moment: Moment): boolean {
  const values =
    "context" in filter ? valuesAt(message.context, filter.context) : valuesAt(message.properties, filter.property);
  return holds(filter, values, moment);
}
