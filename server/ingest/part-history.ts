import * as z from "zod";
import { partsOf } from "../../core/identity/parts";
import type { EventStore } from "../event-store/event-store";
import { param, type Sql, sql } from "../event-store/sql";
import { deriveAgain } from "./derived-tables";
import { type Identifier, identityKey } from "./identity-set";
import { copyMessages, logMerges } from "./merge-history";
import { identifierKind, identifiersOfPerson, joinedPairs, ownerOf, type RankedIdentifier } from "./person-identifiers";

const mergeRow = z.strictObject({ profile: z.int(), into: z.int() });
const givenRow = z.strictObject({ owned: identifierKind, id: z.string(), owner: z.int() });

/** A person's identifiers as the joins that hold leave them together, those shown with the person first. */
export async function partsOfPerson(
  eventStore: EventStore,
  profile: number,
  without?: readonly [Identifier, Identifier],
): Promise<RankedIdentifier[][]> {
  const identifiers = await identifiersOfPerson(eventStore, profile);
  const byKey = new Map(identifiers.map((identifier) => [identityKey(identifier), identifier]));
  const undone = without?.map(identityKey).sort().join("\0");
  const pairs = (await joinedPairs(eventStore, profile))
    .map(([one, other]) => [identityKey(one), identityKey(other)] as const)
    .filter((pair) => [...pair].sort().join("\0") !== undone);
  return partsOf([...byKey.keys()], pairs).map((keys) => keys.flatMap((key) => byKey.get(key) ?? []));
}

/**
 * Parts a person after a join was undone (the row of `identity_log` with `seq`): each part gets a number of its own from
 * `nextProfile` on, and the number that they shared is dead, for sets of people cannot forget one. Does what is left of it
 * when it was cut off. Nothing may read or write meanwhile. Answers how many parts there are.
 */
export async function partHistory(
  eventStore: EventStore,
  { seq, one, at }: { seq: number; one: Identifier; at: number },
  nextProfile: number,
): Promise<number> {
  const [begun] = await eventStore.query(
    sql`SELECT profile, into FROM profile_merges WHERE arrival = ${param.uint64(seq)}`,
    mergeRow,
  );
  const whole = begun?.profile ?? (await ownerOf(eventStore, one));
  if (whole === undefined) throw new Error("An identifier that was parted is nobody's");
  const parts = await partsOfPerson(eventStore, whole);
  if (parts.length < 2) return parts.length;
  const main = begun?.into ?? nextProfile;
  if (begun === undefined) await logMerges(eventStore, [{ profile: whole, into: main, arrival: seq }], at);
  const owners = await giveParts(eventStore, parts, seq, (index) => (index === 0 ? main : main + index));
  await moveParts(eventStore, whole, owners, main);
  return parts.length;
}

/** Gives each part its number; those that were given before the cut hold. */
async function giveParts(
  eventStore: EventStore,
  parts: readonly (readonly RankedIdentifier[])[],
  seq: number,
  numberOf: (part: number) => number,
): Promise<Map<string, number>> {
  const given = await eventStore.query(
    sql`SELECT toString(kind) AS owned, id, profile AS owner FROM identities WHERE version = ${param.uint64(seq)}`,
    givenRow,
  );
  if (given.length > 0) return new Map(given.map(({ owned, id, owner }) => [identityKey({ kind: owned, id }), owner]));
  const rows = parts.flatMap((part, index) => {
    const known = part.some(({ kind }) => kind === "user") ? 1 : 0;
    return part.map(({ kind, id, rank }) => ({ kind, id, profile: numberOf(index), known, version: seq, rank }));
  });
  await eventStore.insert("identities", rows);
  return new Map(rows.map((row) => [identityKey(row), row.profile]));
}

/** The key of the identifier that decides whose a message is, as `identityKey` writes it. */
export const decidingKey = sql`multiIf(user_id != '', concat('u', user_id), anonymous_id != '', concat('a', anonymous_id), concat('o', other_id))`;

async function moveParts(
  eventStore: EventStore,
  whole: number,
  owners: ReadonlyMap<string, number>,
  main: number,
): Promise<void> {
  const owner: Sql = sql`transform(${decidingKey}, ${param.strings([...owners.keys()])}, ${param.uint32s([...owners.values()])}, ${param.uint32(main)})`;
  const numbers = param.uint32s([...new Set(owners.values())]);
  const own = sql`profile = ${param.uint32(whole)}`;
  await copyMessages(
    eventStore,
    owner,
    sql`${own} AND arrival NOT IN (SELECT arrival FROM messages WHERE profile IN ${numbers})`,
  );
  await deriveAgain(eventStore, own, owner);
}
