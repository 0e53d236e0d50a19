import { assertNever } from "../errors";
import type { JsonValue } from "../event/message";
import { isReservedTrait, type ReservedTrait } from "./filter";
import { matchesEvent } from "./match-event";
import { traitsOf } from "./person";
import type { Subject } from "./subject";
import { valuesAt } from "./value";

/** The values of a trait at `now`: what identify has set at its path, or what its reserved name stands for. */
export function traitValues(trait: string, subject: Subject): JsonValue[] {
  return isReservedTrait(trait) ? reservedValues(trait, subject) : valuesAt(traitsOf(subject.messages), trait);
}

/** Moments are ISO 8601 text of UTC to the millisecond; the anonymousIds are one list. */
function reservedValues(trait: ReservedTrait, { person, messages, moment }: Subject): JsonValue[] {
  const events = () => messages.filter((message) => matchesEvent({}, message, moment));
  switch (trait) {
    case "$first_seen":
      return events()
        .slice(0, 1)
        .map(({ timestamp }) => new Date(timestamp).toISOString());
    case "$last_seen":
      return events()
        .slice(-1)
        .map(({ timestamp }) => new Date(timestamp).toISOString());
    case "$user_id":
      return person.userId === null ? [] : [person.userId];
    case "$anonymous_id":
      return [[...person.anonymousIds]];
    default:
      return assertNever(trait);
  }
}
