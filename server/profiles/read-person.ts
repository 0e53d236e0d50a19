import type { NeededHistory } from "@/core/audience/needed-history";
import type { Person } from "@/core/audience/person";
import { type GroupCall, withAccounts } from "@/core/audience/with-accounts";
import { AppError } from "@/core/errors";
import type { EventStore } from "@/server/event-store/event-store";
import { readCircle } from "./account-circle";
import { type HistoryOptions, type NumberedPerson, readHistories } from "./needed-history";

/** People with whom somebody shares accounts, themselves among them, and the group calls of each, in Order. */
export interface Circle {
  people: readonly NumberedPerson[];
  callsOf(profile: number): readonly GroupCall[];
}

/**
 * A live number as far as a definition looks at them (`readHistories`), and where it asks of accounts everybody in theirs.
 * Errors: `too_large`.
 */
export async function readCircleHistories(
  eventStore: EventStore,
  profile: number,
  now: number,
  needed: NeededHistory,
  options: HistoryOptions = {},
): Promise<Circle> {
  const circle = needed.accountDepth > 0 ? await readCircle(eventStore, profile, needed, options) : undefined;
  const profiles = [...new Set([profile, ...(circle?.people ?? [])])];
  const people = await readHistories(eventStore, profiles, now, needed, options);
  return { people, callsOf: (own) => circle?.callsOf(own) ?? [] };
}

/** Somebody of a circle with their accounts. Errors: `not_found` for a number without a message. */
export function memberOf({ people, callsOf }: Circle, profile: number): Person {
  const person = withAccounts(people, (one) => callsOf(one.profile)).find((one) => one.profile === profile);
  if (!person) throw new AppError("not_found", `There is no person with the id p${profile}.`, "id");
  return person;
}

/** A live number with their accounts and the people there. Errors: `not_found` for a number without a message, `too_large`. */
export async function readNeededHistory(
  eventStore: EventStore,
  profile: number,
  now: number,
  needed: NeededHistory,
  options: HistoryOptions = {},
): Promise<Person> {
  return memberOf(await readCircleHistories(eventStore, profile, now, needed, options), profile);
}
