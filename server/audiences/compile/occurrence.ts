import type { EventMatch, EventNode } from "@/core/audience/definition";
import type { Moment } from "@/core/audience/operators";
import { windowBounds } from "@/core/audience/window";
import { peopleWhoDidWithin } from "./did";
import type { PeopleSet } from "./set-reader";
import { without } from "./sets";

/** Whether a condition picks an event by its name and type, and asks of it nothing but its time. */
export function asksOnlyWhenPicked({
  where = [],
  window,
  occurrence = "any",
  then = [],
  aggregate,
}: EventNode): boolean {
  return (
    where.length + then.length === 0 && window?.kind !== "after" && occurrence !== "any" && aggregate === undefined
  );
}

/**
 * The set of the people whose first or last event lies in the window of a condition that `asksOnlyWhenPicked`: their
 * first one does if they have one before the window's end and none before its start. No event need be picked for it.
 */
export function peopleWhoFirstOrLastDid(node: EventNode, moment: Moment): PeopleSet {
  const { event, type, window, occurrence } = node;
  if (window?.kind === "after") throw new Error("A window of each person's own has no bounds");
  const { from, to } = windowBounds(window, moment);
  const match: EventMatch = { event, type };
  const did = (low: number, high: number) => peopleWhoDidWithin(match, { from: low, to: high }, moment);
  return occurrence === "first" || occurrence === "first_matching"
    ? without(did(-Infinity, to), did(-Infinity, from))
    : without(did(from, Infinity), did(to, Infinity));
}
