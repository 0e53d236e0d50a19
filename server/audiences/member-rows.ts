import type { Person } from "@/core/api/shared";
import { accountsOfPeople } from "@/server/accounts/of-people";
import { enteredAt, enteredAtOf } from "@/server/memberships/entered-at";
import { streamPeople } from "@/server/profiles/people";
import { profileNumber } from "@/server/profiles/profile-id";
import type { Services } from "@/server/services";
import { membersSubquery } from "./compile/compile";
import { audienceContext } from "./context";
import { accountTraitsFor, columnValue, traitsFor } from "./csv-columns";
import { readAudience } from "./stored";

type Stores = Pick<Services, "eventStore" | "metadata">;

export interface MemberRows {
  audience: { key: string; name: string };
  /** Of many people at a time, a value for each column; undefined and null for what is not known. Leaving early stops the query. */
  batches: AsyncIterable<unknown[][]>;
}

/** The members of an audience, of any size, as of a moment in milliseconds since the epoch. Errors: `not_found`. */
export async function memberRows(
  stores: Stores,
  { audienceId, columns, now }: { audienceId: string; columns: readonly string[]; now: number },
  signal?: AbortSignal,
): Promise<MemberRows> {
  const [{ key, name, definition }, context] = await Promise.all([
    readAudience(stores, audienceId),
    audienceContext(stores, now),
  ]);
  const people = streamPeople(stores.eventStore, membersSubquery(definition, context), now, {
    traits: traitsFor(columns),
    signal,
  });
  return { audience: { key, name }, batches: batches() };

  async function* batches() {
    const ofAccounts = accountTraitsFor(columns);
    for await (const batch of people) {
      const profiles = batch.flatMap((person) => profileNumber(person.id) ?? []);
      const [since, accounts] = await Promise.all([
        columns.includes("enteredAt") ? enteredAtOf(stores.eventStore, audienceId, profiles, now, signal) : undefined,
        ofAccounts && accountsOfPeople(stores.eventStore, profiles, now, ofAccounts, signal),
      ]);
      const cellOf = (person: Person, column: string) =>
        since && column === "enteredAt"
          ? enteredAt(since, person.id)
          : columnValue(person, column, accounts?.get(person.id) ?? []);
      yield batch.map((person) => columns.map((column) => cellOf(person, column)));
    }
  }
}
