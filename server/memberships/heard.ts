import * as z from "zod";
import type { NeededHistory } from "@/core/audience/needed-history";
import { eventTypes, type HistoryMessage, messageTypes } from "@/core/event/message";
import type { EventStore } from "@/server/event-store/event-store";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { keysKept, objectOf } from "@/server/profiles/needed-history";
import type { TrackedAudience } from "./tracked-audience";

/** A message that came in since the last look, as far as it tells which audiences it may matter to. */
export interface HeardMessage {
  readonly profile: number;
  readonly type: (typeof messageTypes)[number];
  readonly event: string;
  readonly timestamp: number;
  readonly messageId: string;
  /** The keys that an identify sets. */
  readonly keys: readonly string[];
  /** As far as audiences look at it; null where none does. */
  readonly looked: HistoryMessage | null;
  /** Whether it is the earliest of the person's messages: nobody is a candidate before that. */
  readonly isFirst: boolean;
  /** Whether the person was not known before. */
  readonly isNew: boolean;
}

/** What came in between two arrivals. */
export interface Heard {
  readonly messages: readonly HeardMessage[];
  /** Live numbers whose identifiers are others now, whether joined, parted or newly known; not people who are new. */
  readonly identified: ReadonlySet<number>;
  /** Numbers that are dead now, with that which their history went to; 0 where they were deleted. */
  readonly gone: ReadonlyMap<number, number>;
  /** The highest number that anybody has had by then. */
  readonly highest: number;
}

const heardRow = z.strictObject({
  profile: z.int(),
  kind: z.enum(messageTypes),
  event: z.string(),
  time: z.int(),
  messageId: z.string(),
  keys: z.array(z.string()),
  isFirst: z.int(),
  place: z.int(),
  set: z.string(),
  around: z.string(),
});
const arrivalRow = z.strictObject({ arrival: z.int() });
/** A number that identifiers were given to, or, with that which its history went to, one that is dead. */
const identityRow = z.strictObject({ profile: z.int(), into: z.int().nullable() });
const numberRow = z.strictObject({ profile: z.int() });

/** Up to which arrival everything is derived from what came in. */
export async function derivedUntil(eventStore: EventStore): Promise<number> {
  const [row] = await eventStore.query(sql`SELECT max(arrival) AS arrival FROM derived_until`, arrivalRow);
  return row?.arrival ?? 0;
}

/** The highest number that anybody had had by an arrival; 0 where nobody had one. */
export async function highestProfile(eventStore: EventStore, arrival: number): Promise<number> {
  const [row] = await eventStore.query(
    sql`SELECT max(profile) AS profile FROM identities WHERE version <= ${param.uint64(arrival)}`,
    numberRow,
  );
  return row?.profile ?? 0;
}

/** What came in after one arrival, by which the highest number was `known`, and up to another, of which `needed` is looked at. */
export async function readHeard(
  eventStore: EventStore,
  { after, until, known }: { after: number; until: number; known: number },
  needed: NeededHistory,
): Promise<Heard> {
  const between = sql`arrival > ${param.uint64(after)} AND arrival <= ${param.uint64(until)}`;
  const [messages, identities] = await Promise.all([
    readMessages(eventStore, between, needed),
    eventStore.query(
      sql`SELECT DISTINCT profile, CAST(NULL, 'Nullable(UInt32)') AS into FROM identities
        WHERE version > ${param.uint64(after)} AND version <= ${param.uint64(until)}
        UNION ALL SELECT profile, toNullable(any(profile_merges.into)) AS into FROM profile_merges WHERE ${between} GROUP BY profile`,
      identityRow,
    ),
  ]);
  const gone = identities.flatMap(({ profile, into }) => (into === null ? [] : [{ profile, into }]));
  const identified = identities.flatMap(({ profile, into }) => (into === null ? [profile] : []));
  // Whoever is parted from somebody has a new number, and a history with that.
  const areNew = !gone.some(({ into }) => into > known);
  const isNew = (profile: number) => areNew && profile > known;
  return {
    messages: messages.map((message) => ({ ...message, isNew: isNew(message.profile) })),
    gone: new Map(gone.map(({ profile, into }) => [profile, into])),
    identified: new Set([
      ...identified.filter((profile) => !isNew(profile)),
      ...gone.flatMap(({ into }) => (into === 0 ? [] : [into])),
    ]),
    highest: identified.reduce((highest, profile) => Math.max(highest, profile), known),
  };
}

/** Messages that are dated after one moment and up to another, and had come in by an arrival. */
export async function readDated(
  eventStore: EventStore,
  { after, until }: { after: number; until: number },
  arrival: number,
  profiles?: readonly number[],
): Promise<HeardMessage[]> {
  const own = profiles === undefined ? sql`1` : sql`profile IN ${param.uint32s(profiles)}`;
  return readMessages(
    eventStore,
    sql`${own} AND timestamp > ${param.moment(after)} AND timestamp <= ${param.moment(until)} AND arrival <= ${param.uint64(arrival)}`,
  );
}

async function readMessages(eventStore: EventStore, which: Sql, needed?: NeededHistory): Promise<HeardMessage[]> {
  const { set, around } = needed ? contentsOf(needed) : { set: sql`'{}'`, around: sql`'{}'` };
  const rows = await eventStore.query(
    sql`SELECT profile, toString(type) AS kind, toString(event) AS event, toUnixTimestamp64Milli(timestamp) AS time, message_id AS messageId,
        if(type = 'identify', JSONExtractKeys(properties), []) AS keys, toUInt8(timestamp <= first) AS isFirst,
        arrival AS place, ${set} AS set, ${around} AS around
      FROM messages INNER JOIN (
        SELECT profile, min(first_at) AS first FROM profile_activity
        WHERE profile IN (SELECT profile FROM messages WHERE ${which}) GROUP BY profile
      ) AS activity USING profile
      WHERE ${which} ORDER BY arrival`,
    heardRow,
  );
  return rows.map(({ kind, time, isFirst, place, set: properties, around: context, ...row }) => {
    const message = { messageId: "", type: kind, event: row.event, timestamp: time, arrival: place };
    const isLooked = needed !== undefined && isLookedAt(needed, kind, row);
    const looked = isLooked ? { ...message, properties: objectOf(properties), context: objectOf(context) } : null;
    return { ...row, type: kind, timestamp: time, isFirst: isFirst === 1, isNew: false, looked };
  });
}

/** Texts of JSON objects with no more than what anybody asks for. */
function contentsOf({
  contentsOf: names,
  propertyKeys,
  contextKeys,
  traitKeys,
}: NeededHistory): Record<"set" | "around", Sql> {
  const isAsked = names === null ? sql`type != 'identify'` : sql`event IN ${param.strings([...names])}`;
  const of = (column: Sql, keys: ReadonlySet<string>) => sql`if(${isAsked}, ${keysKept(column, keys)}, '{}')`;
  return {
    set: sql`if(type = 'identify', ${keysKept(sql`properties`, traitKeys)}, ${of(sql`properties`, propertyKeys)})`,
    around: of(sql`context`, contextKeys),
  };
}

function isLookedAt(
  { events, traitKeys }: NeededHistory,
  type: HeardMessage["type"],
  { event, keys }: Pick<HeardMessage, "event" | "keys">,
): boolean {
  if (type === "identify") return keys.some((key) => traitKeys.has(key));
  const names = events.get(type);
  return names === null || (names?.has(event) ?? false);
}

/** Whether a message may matter to an audience. */
export function matters(
  { needed, letsNewcomersIn }: TrackedAudience,
  { type, event, keys, isFirst, isNew }: HeardMessage,
): boolean {
  if (isNew ? letsNewcomersIn : isFirst) return true;
  if (type === "identify") return keys.some((key) => needed.traitKeys.has(key));
  const isEvent = eventTypes.some((one) => one === type);
  if (!isEvent) return false;
  const names = needed.events.get(type);
  return needed.bounds || names === null || (names?.has(event) ?? false);
}
