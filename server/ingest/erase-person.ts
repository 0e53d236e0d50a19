import * as z from "zod";
import type { EventStore } from "../event-store/event-store";
import { param, type Sql, sql } from "../event-store/sql";
import type { Identifier } from "./identity-set";
import { logMerges } from "./merge-history";
import { identifiersOfPerson } from "./person-identifiers";

/** What stands in a table of a person: which rows, and whether the table is counted in a receipt. */
interface Part {
  readonly name: string;
  readonly table: Sql;
  readonly which: Sql;
}

const countRow = z.strictObject({ count: z.int() });
const numberRow = z.strictObject({ profile: z.int() });

/** A person's number with all that were joined into it. */
export async function numbersOf(eventStore: EventStore, profile: number): Promise<number[]> {
  const all = new Set([profile]);
  for (let last = [profile]; last.length > 0; ) {
    const rows = await eventStore.query(
      sql`SELECT profile FROM profile_merges WHERE into IN ${param.uint32s(last)}`,
      numberRow,
    );
    last = rows.map((row) => row.profile).filter((number) => !all.has(number));
    for (const number of last) all.add(number);
  }
  return [...all];
}

/** Sets cannot forget a number, but one that holds the dead alone can go. */
const nobodyLives = sql`bitmapAndnotCardinality(people,
  (SELECT groupBitmapMergeState(people) FROM people_sets WHERE name = 'dead')) = 0`;

/** Everything that is a person's, the rows that the others are found by last. */
async function partsOf(eventStore: EventStore, profile: number): Promise<Part[]> {
  const numbers = param.uint32s(await numbersOf(eventStore, profile));
  const identifiers = await identifiersOfPerson(eventStore, profile);
  const idsOf = (kind: string) => param.strings(identifiers.filter((one) => one.kind === kind).map(({ id }) => id));
  // Rows of dead numbers may be of others as well, who were parted from this person: they have their own by now.
  const own = sql`profile IN (SELECT arrayJoin(${numbers}))`;
  const alone = sql`profile = ${param.uint32(profile)}`;
  const theirs = sql`(SELECT kind, id FROM profile_identities WHERE ${alone})`;
  const previous = sql`previous_id IN (SELECT id FROM profile_identities WHERE ${alone}) OR user_id IN (SELECT arrayJoin(${idsOf("user")}))`;
  return [
    {
      name: "kept_messages",
      table: sql`kept_messages`,
      which: sql`user_id IN (SELECT arrayJoin(${idsOf("user")})) OR anonymous_id IN (SELECT arrayJoin(${idsOf("anonymous")}))
        OR arrayExists(id -> position(raw, toJSONString(id)) > 0, ${param.strings(longIds(identifiers))})`,
    },
    {
      name: "message_ids",
      table: sql`message_ids`,
      which: sql`hash IN (SELECT reinterpretAsUInt128(substring(SHA256(concat(source, '\\0', message_id)), 1, 16))
        FROM messages WHERE ${alone})`,
    },
    { name: "trait_changes", table: sql`trait_changes`, which: own },
    { name: "profile_traits", table: sql`profile_traits`, which: own },
    {
      name: "trait_values",
      table: sql`trait_values`,
      which: sql`bitmapHasAny(people, bitmapBuild(${numbers})) AND ${nobodyLives}`,
    },
    {
      name: "event_periods",
      table: sql`event_periods`,
      which: sql`bitmapHasAny(people, bitmapBuild(${numbers})) AND ${nobodyLives}`,
    },
    { name: "people_terms", table: sql`people_terms`, which: own },
    { name: "account_people", table: sql`account_people`, which: own },
    { name: "profile_accounts", table: sql`profile_accounts`, which: own },
    { name: "account_traits", table: sql`account_traits`, which: own },
    { name: "profile_activity", table: sql`profile_activity`, which: own },
    { name: "event_moments", table: sql`event_moments`, which: own },
    { name: "messages", table: sql`messages`, which: own },
    {
      name: "identity_log",
      table: sql`identity_log`,
      which: sql`(kind, id) IN ${theirs} OR (other_kind, other_id) IN ${theirs}`,
    },
    { name: "identity_log_of", table: sql`identity_log_of`, which: sql`(kind, id) IN ${theirs}` },
    { name: "alias_claims", table: sql`alias_claims`, which: previous },
    { name: "identities", table: sql`identities`, which: sql`${own} OR (kind, id) IN ${theirs}` },
    { name: "profile_identities", table: sql`profile_identities`, which: own },
  ];
}

/** Texts that are looked for in what was refused: of one or two characters would be found everywhere. */
function longIds(identifiers: readonly Identifier[]): string[] {
  return textsOf(identifiers).filter((id) => id.length >= 4);
}

function textsOf(identifiers: readonly Identifier[]): string[] {
  return identifiers.map(({ kind, id }) => (kind === "other" ? id.slice(id.indexOf(":") + 1) : id));
}

/**
 * Removes everything of a person, and answers how many rows that was, by table. The number is dead from the first step on, so no set holds it; cut off anywhere, doing it
 * again does the rest. Nothing may read or write meanwhile.
 */
export async function erasePerson(
  eventStore: EventStore,
  profile: number,
  seq: number,
  at: number,
): Promise<Record<string, number>> {
  const dead = await eventStore.query(
    sql`SELECT profile FROM profile_merges WHERE profile = ${param.uint32(profile)}`,
    numberRow,
  );
  if (dead.length === 0) await logMerges(eventStore, [{ profile, into: 0, arrival: seq }], at);
  const identifiers = await identifiersOfPerson(eventStore, profile);
  const counts: Record<string, number> = {};
  for (const { name, table, which } of await partsOf(eventStore, profile)) {
    const [row] = await eventStore.query(sql`SELECT count() AS count FROM ${table} WHERE ${which}`, countRow);
    counts[name] = row?.count ?? 0;
    if (counts[name] > 0) await eventStore.command(sql`DELETE FROM ${table} WHERE ${which}`);
  }
  await forgetExamples(eventStore, identifiers);
  return counts;
}

/** What went against the tracking plan is kept with a few messages as examples. */
async function forgetExamples(eventStore: EventStore, identifiers: readonly Identifier[]): Promise<void> {
  const isTheirs = (example: Sql) =>
    sql`arrayExists(id -> position(${example}, toJSONString(id)) > 0, ${param.strings(textsOf(identifiers))})`;
  await eventStore.command(
    sql`ALTER TABLE plan_violations UPDATE examples = arrayFilter(example -> NOT ${isTheirs(sql`example`)}, examples)
      WHERE arrayExists(example -> ${isTheirs(sql`example`)}, examples)`,
  );
}

/** Takes what was removed off the disk as well: until then its rows are only hidden. */
export async function shredRemoved(eventStore: EventStore, tables: readonly string[]): Promise<void> {
  const known = new Map((await partsOf(eventStore, 0)).map(({ name, table }) => [name, table]));
  for (const name of tables) {
    const table = known.get(name);
    if (table !== undefined) await eventStore.command(sql`ALTER TABLE ${table} APPLY DELETED MASK`);
  }
}
