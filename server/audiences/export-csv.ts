import * as z from "zod";
import type { Person } from "@/core/api/shared";
import { csvLine } from "@/core/csv-line";
import { accountsOfPeople } from "@/server/accounts/of-people";
import { param, sql } from "@/server/event-store/sql";
import { enteredAt, enteredAtOf } from "@/server/memberships/entered-at";
import { streamPeople } from "@/server/profiles/people";
import { profileNumber } from "@/server/profiles/profile-id";
import type { Services } from "@/server/services";
import { membersSubquery } from "./compile/compile";
import { audienceContext, momentOf } from "./context";
import { accountTraitsFor, columnValue, parseColumns, traitsFor } from "./csv-columns";
import { readAudience } from "./stored";

interface ExportInput {
  columns?: string | undefined;
  asOf?: string | undefined;
}

type Stores = Pick<Services, "eventStore" | "metadata" | "now">;

export interface CsvExport {
  fileName: string;
  asOf: string;
  /** The header row and the rows, in pieces of many lines. Leaving early stops the query. */
  lines: AsyncIterable<string>;
}

/**
 * The members of an audience as CSV, of any size, as of a moment, now unless told. Without `columns`: userId, email, and
 * every trait that anybody has by then. Errors: `not_found`, `invalid`.
 */
export async function exportMembers(
  stores: Stores,
  id: string,
  { columns, asOf }: ExportInput,
  signal?: AbortSignal,
): Promise<CsvExport> {
  const now = momentOf(stores, asOf);
  const chosen = columns === undefined ? undefined : parseColumns(columns);
  const [{ key, definition }, context] = await Promise.all([readAudience(stores, id), audienceContext(stores, now)]);
  const names = chosen ?? ["userId", "email", ...(await traitNames(stores, now)).filter((name) => name !== "email")];
  const people = streamPeople(stores.eventStore, membersSubquery(definition, context), now, {
    traits: traitsFor(names),
    signal,
  });
  return { fileName: `${key}.csv`, asOf: new Date(now).toISOString(), lines: lines() };

  async function* lines() {
    // The header goes with the first people, so that a query that fails at once can still be answered with its error.
    let header = csvLine(names);
    const ofAccounts = accountTraitsFor(names);
    for await (const batch of people) {
      const profiles = batch.flatMap((person) => profileNumber(person.id) ?? []);
      const [since, accounts] = await Promise.all([
        names.includes("enteredAt") ? enteredAtOf(stores.eventStore, id, profiles, now, signal) : undefined,
        ofAccounts && accountsOfPeople(stores.eventStore, profiles, now, ofAccounts, signal),
      ]);
      const textOf = (person: Person, name: string) =>
        since && name === "enteredAt"
          ? enteredAt(since, person.id)
          : columnValue(person, name, accounts?.get(person.id) ?? []);
      yield header + batch.map((person) => csvLine(names.map((name) => textOf(person, name)))).join("");
      header = "";
    }
    if (header !== "") yield header;
  }
}

const traitRow = z.strictObject({ trait: z.string() });

async function traitNames({ eventStore }: Stores, now: number): Promise<string[]> {
  const rows = await eventStore.query(
    sql`SELECT trait FROM trait_changes WHERE timestamp <= ${param.moment(now)} GROUP BY trait ORDER BY trait`,
    traitRow,
  );
  return rows.map(({ trait }) => trait);
}
