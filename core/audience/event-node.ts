import { assertNever } from "../errors";
import type { HistoryMessage } from "../event/message";
import { aggregateHolds } from "./aggregate";
import type { EventCount, EventNode } from "./definition";
import { filterHolds, isNamed, matchesEvent } from "./match-event";
import type { Subject } from "./subject";
import { boundsOf, isInside } from "./window";

/** Whether the events that match are as many, or come to as much, as an event condition asks for. */
export function eventHolds(node: EventNode, subject: Subject): boolean {
  const events = matchingEvents(node, subject);
  return node.aggregate
    ? aggregateHolds(node.aggregate, events, subject.moment.timeZone)
    : countHolds(node.count, events.length);
}

/** The events that a condition counts or aggregates over, in Order: at most one where an occurrence is picked. */
export function matchingEvents(node: EventNode, subject: Subject): HistoryMessage[] {
  const bounds = boundsOf(node.window, subject);
  return occurringEvents(node, subject).filter(
    (message) =>
      isInside(bounds, message.timestamp) &&
      matchesEvent(node, message, subject.moment) &&
      (node.then ?? []).every((filter) => filterHolds(filter, message, subject.moment)),
  );
}

/**
 * The events of which the rest of a condition is asked: all of its name and type, or the one that its occurrence picks,
 * by name and type alone (`first`, `last`) or among those that fit `where`.
 */
export function occurringEvents(node: EventNode, { messages, moment }: Subject): HistoryMessage[] {
  const named = () => messages.filter((message) => isNamed(node, message));
  const fitting = () => messages.filter((message) => matchesEvent(node, message, moment));
  const { occurrence = "any" } = node;
  switch (occurrence) {
    case "any":
      return named();
    case "first":
      return named().slice(0, 1);
    case "last":
      return named().slice(-1);
    case "first_matching":
      return fitting().slice(0, 1);
    case "last_matching":
      return fitting().slice(-1);
    default:
      return assertNever(occurrence);
  }
}

/** Whether so many events are as many as asked for: at least one unless told. */
export function countHolds(count: EventCount | undefined, times: number): boolean {
  const { op, value } = count ?? { op: "at_least", value: 1 };
  switch (op) {
    case "at_least":
      return times >= value;
    case "exactly":
      return times === value;
    case "at_most":
      return times <= value;
    default:
      return assertNever(op);
  }
}
