import type { NeededHistory } from "@/core/audience/needed-history";
import type { Person } from "@/core/audience/person";
import { withAccounts } from "@/core/audience/with-accounts";
import { AppError } from "@/core/errors";
import type { EventStore } from "@/server/event-store/event-store";
import { readCircle } from "./account-circle";
import { type HistoryOptions, readHistories } from "./needed-history";

/**
 * A live number as far as a definition looks at them (`readHistories`), with their accounts and the people there where it asks of
 * those. Errors: `not_found` for a number without a message, `too_large`.
 */
export async function readNeededHistory(
  eventStore: EventStore,
  profile: number,
  now: number,
  needed: NeededHistory,
  options: HistoryOptions = {},
): Promise<Person> {
  const circle = needed.accountDepth > 0 ? await readCircle(eventStore, profile, needed, options) : undefined;
  const profiles = [...new Set([profile, ...(circle?.people ?? [])])];
  const people = await readHistories(eventStore, profiles, now, needed, options);
  const members = circle ? withAccounts(people, ({ profile: own }) => circle.callsOf(own)) : people;
  const person = members.find((one) => one.profile === profile);
  if (!person) throw new AppError("not_found", `There is no person with the id p${profile}.`, "id");
  return person;
}
