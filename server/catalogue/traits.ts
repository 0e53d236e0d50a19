import * as z from "zod";
import type { SeenTrait, SeenValue } from "@/core/api/catalogue";
import { parseJson } from "@/core/event/json";
import type { EventStore } from "@/server/event-store/event-store";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { deadPeople } from "@/server/profiles/live";
import { SeenProperties } from "./seen-properties";
import { readValues } from "./values";

/** Values looked at for types and examples of each trait: the latest ones, and some of all times. */
const sampled = { latest: 100, any: 300 };

const traitRow = z.strictObject({ trait: z.string(), people: z.int() });
const valueRow = z.strictObject({ value: z.string() });

/**
 * Every trait that a live person was ever given by `now`, most people first. A trait whose values are objects is listed
 * by the names in them, with the people who have the trait itself; a name that is found in two ways, with the larger number.
 */
export async function readTraits(eventStore: EventStore, now: number): Promise<SeenTrait[]> {
  const traits = await eventStore.query(
    sql`SELECT trait, people FROM (
      SELECT trait, bitmapCardinality(bitmapAndnot(groupBitmapState(profile), ${deadPeople})) AS people
      FROM trait_changes WHERE timestamp <= ${param.moment(now)} GROUP BY trait
    ) WHERE people > 0`,
    traitRow,
  );
  return seenTraits(eventStore, now, traits, sql`trait_changes`);
}

/** The same of accounts, by the accounts that were given the trait. */
export async function readAccountTraits(eventStore: EventStore, now: number) {
  const traits = await eventStore.query(
    sql`SELECT trait, uniqExact(account) AS people FROM account_traits
    WHERE timestamp <= ${param.moment(now)} AND NOT bitmapContains(${deadPeople}, profile) GROUP BY trait`,
    traitRow,
  );
  const seen = await seenTraits(eventStore, now, traits, sql`account_traits`);
  return seen.map(({ people, ...trait }) => ({ ...trait, accounts: people }));
}

async function seenTraits(
  eventStore: EventStore,
  now: number,
  traits: readonly z.infer<typeof traitRow>[],
  changes: Sql,
): Promise<SeenTrait[]> {
  const seen = new SeenProperties();
  const peopleOf = new Map<string, number>();
  const samples = await Promise.all(traits.map(({ trait }) => sampleOf(eventStore, trait, now, changes)));
  for (const [index, { trait, people }] of traits.entries()) {
    const own = new SeenProperties();
    for (const { value } of samples[index] ?? []) {
      own.addValue(trait, parseJson(value));
      seen.addValue(trait, parseJson(value));
    }
    for (const { name } of own.list()) peopleOf.set(name, Math.max(people, peopleOf.get(name) ?? 0));
  }
  return seen
    .list()
    .map((property) => ({ ...property, people: peopleOf.get(property.name) ?? 0 }))
    .sort((a, b) => b.people - a.people || (a.name < b.name ? -1 : 1));
}

function sampleOf(eventStore: EventStore, trait: string, now: number, changes: Sql) {
  const rows = sql`SELECT value FROM ${changes} WHERE trait = ${param.string(trait)} AND timestamp <= ${param.moment(now)}`;
  return eventStore.query(
    sql`SELECT value FROM (${rows} ORDER BY timestamp DESC LIMIT ${param.uint32(sampled.latest)})
    UNION ALL SELECT value FROM (${rows} LIMIT ${param.uint32(sampled.any)})`,
    valueRow,
  );
}

/** Frequent values of a trait as of `now`, most people first; a list counts for each of its elements. */
export function readTraitValues(
  eventStore: EventStore,
  now: number,
  input: ValuesInput,
  signal?: AbortSignal,
): Promise<SeenValue[]> {
  const current = (name: string): Sql => sql`(
    SELECT profile, argMax(value, (timestamp, arrival)) AS json FROM trait_changes
    WHERE trait = ${param.string(name)} AND timestamp <= ${param.moment(now)}
      AND profile NOT IN (SELECT profile FROM profile_merges)
    GROUP BY profile
  )`;
  return valuesOf(eventStore, input, current, signal);
}

/** The same of accounts. */
export async function readAccountTraitValues(
  eventStore: EventStore,
  now: number,
  input: ValuesInput,
  signal?: AbortSignal,
) {
  const current = (name: string): Sql => sql`(
    SELECT account AS profile, argMax(value, (timestamp, arrival)) AS json FROM account_traits
    WHERE trait = ${param.string(name)} AND timestamp <= ${param.moment(now)} GROUP BY account
  )`;
  const found = await valuesOf(eventStore, input, current, signal);
  return found.map(({ value, people }) => ({ value, accounts: people }));
}

interface ValuesInput {
  trait: string;
  search?: string | undefined;
}

async function valuesOf(
  eventStore: EventStore,
  { trait, search }: ValuesInput,
  current: (name: string) => Sql,
  signal: AbortSignal | undefined,
): Promise<SeenValue[]> {
  const literal = await readValues(eventStore, { rows: current(trait), search }, signal);
  const dot = trait.indexOf(".");
  if (literal.length > 0 || dot === -1) return literal;
  return readValues(eventStore, { rows: current(trait.slice(0, dot)), path: trait.slice(dot + 1), search }, signal);
}
