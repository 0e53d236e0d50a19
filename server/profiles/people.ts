import * as z from "zod";
import type { Person } from "@/core/api/shared";
import { parseJsonObject } from "@/core/event/json";
import type { EventStore } from "@/server/event-store/event-store";
import { empty, param, type Sql, sql } from "@/server/event-store/sql";
import { profileId } from "./profile-id";

export interface PeopleOptions {
  /** Names of the traits to read; all of them unless told. `email` is answered in any case. */
  traits?: readonly string[];
  signal?: AbortSignal;
}

const nameRow = z.strictObject({ profile: z.int(), userId: z.string(), anonymousIds: z.array(z.string()) });
/** `traits` is the text of a JSON object, or empty. */
const traitRow = z.strictObject({ profile: z.int(), traits: z.string() });
const personRow = nameRow.extend(traitRow.shape);
type PersonRow = z.infer<typeof personRow>;

/**
 * Identifiers of the people whose number is in `selection` (what may stand behind `profile IN`), as known now: all rows of a
 * live number hold, and the userId is the one of the lowest rank: the first, unless an alias or somebody chose.
 */
function nameRows(selection: Sql): Sql {
  return sql`SELECT profile, argMinIf(id, rank, kind = 'user') AS userId,
    arraySort(groupUniqArrayIf(id, kind = 'anonymous')) AS anonymousIds
  FROM profile_identities WHERE profile IN ${selection} GROUP BY profile`;
}

/** Traits of the people in `selection`: the last value set at or before `now` by Order; one that is null is left out. */
function traitRows(selection: Sql, now: number, { traits }: PeopleOptions): Sql {
  const chosen = traits === undefined ? empty : sql`AND trait IN ${param.strings(["email", ...traits])}`;
  return sql`SELECT profile,
    concat('{', arrayStringConcat(groupArray(concat(toJSONString(toString(trait)), ':', value)), ','), '}') AS traits
  FROM (
    SELECT profile, trait, value FROM profile_traits
    WHERE profile IN ${selection} AND timestamp <= ${param.moment(now)} ${chosen}
    ORDER BY profile, trait, timestamp DESC, arrival DESC
    LIMIT 1 BY profile, trait
  ) WHERE value != 'null' GROUP BY profile`;
}

/** Names and traits in one row for each person of `selection`, lowest number first. */
function peopleRows(selection: Sql, now: number, options: PeopleOptions): Sql {
  return sql`SELECT profile, userId, anonymousIds, given.traits AS traits
  FROM (${nameRows(selection)}) AS named LEFT JOIN (${traitRows(selection, now, options)}) AS given USING profile
  ORDER BY profile`;
}

function wantedTraits({ traits }: PeopleOptions): ReadonlySet<string> | undefined {
  return traits === undefined ? undefined : new Set(traits);
}

function toPerson(row: PersonRow, wanted: ReadonlySet<string> | undefined): Person {
  const traits = parseJsonObject(row.traits || "{}");
  const email = traits.email;
  if (wanted !== undefined && !wanted.has("email")) delete traits.email;
  return {
    id: profileId(row.profile),
    userId: row.userId === "" ? null : row.userId,
    anonymousIds: row.anonymousIds,
    email: typeof email === "string" && email !== "" ? email : null,
    traits,
  };
}

/**
 * The people of these numbers with their identifiers and their traits as of `now` (milliseconds since the epoch), in the
 * order of the numbers. Numbers must be live; one that nothing is known of is left out. Made for ten people and for a
 * hundred thousand; for a set that is not at hand as numbers see `streamPeople`.
 */
export async function readPeople(
  eventStore: EventStore,
  profiles: readonly number[],
  now: number,
  options: PeopleOptions = {},
): Promise<Person[]> {
  if (profiles.length === 0) return [];
  const selection = param.uint32s(profiles);
  const query = { signal: options.signal, heavy: profiles.length > 1_000 };
  // Side by side and put together here: for ten people that takes half the time of one statement with a join.
  const [names, given] = await Promise.all([
    eventStore.query(nameRows(sql`${selection}`), nameRow, query),
    eventStore.query(traitRows(sql`${selection}`, now, options), traitRow, query),
  ]);
  const traitsOf = new Map(given.map(({ profile, traits }) => [profile, traits]));
  const wanted = wantedTraits(options);
  const people = new Map(
    names.map((name) => [name.profile, toPerson({ ...name, traits: traitsOf.get(name.profile) ?? "" }, wanted)]),
  );
  return profiles.flatMap((profile) => people.get(profile) ?? []);
}

/**
 * The people of a bitmap (a scalar subquery of a groupBitmap state, such as `candidates`) as `readPeople` gives them,
 * lowest number first, in batches as the engine makes them: for exports of any size.
 */
export async function* streamPeople(
  eventStore: EventStore,
  people: Sql,
  now: number,
  options: PeopleOptions = {},
): AsyncIterable<Person[]> {
  const selection = sql`(SELECT arrayJoin(bitmapToArray(${people})))`;
  const wanted = wantedTraits(options);
  for await (const rows of eventStore.stream(peopleRows(selection, now, options), personRow, {
    signal: options.signal,
  })) {
    yield rows.map((row) => toPerson(row, wanted));
  }
}
