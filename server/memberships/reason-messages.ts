import * as z from "zod";
import { type MessageType, messageTypes } from "@/core/event/message";
import type { EventStore } from "@/server/event-store/event-store";
import { join, param, type Sql, sql } from "@/server/event-store/sql";
import type { MeaningThen } from "./meanings";

const foundRow = z.strictObject({
  profile: z.int(),
  type: z.enum(messageTypes),
  event: z.string(),
  time: z.int(),
  messageId: z.string(),
  /** What an identify set, as JSON. */
  set: z.string(),
});
export type FoundMessage = z.infer<typeof foundRow>;

interface Wanted {
  readonly profiles: readonly number[];
  readonly ids: readonly string[];
  /** Milliseconds since the epoch. */
  readonly moments: readonly number[];
}

/** Messages of these people that have one of the ids or are of one of the moments, of those that the audience looks at. */
export function readLookedAt(
  eventStore: EventStore,
  { profiles, ids, moments }: Wanted,
  meanings: readonly MeaningThen[],
): Promise<FoundMessage[]> {
  if (profiles.length === 0 || ids.length + moments.length === 0) return Promise.resolve([]);
  const named = sql`(message_id IN ${param.strings(ids)} OR ${isOfMoments(moments)})`;
  return query(eventStore, sql`profile IN ${param.uint32s(profiles)} AND ${named} AND (${lookedAt(meanings)})`);
}

/** Messages of these people, whatever they are, that have one of the ids and are of one of the moments. */
export function readOfMoments(eventStore: EventStore, { profiles, ids, moments }: Wanted): Promise<FoundMessage[]> {
  if (profiles.length === 0) return Promise.resolve([]);
  return query(
    eventStore,
    sql`profile IN ${param.uint32s(profiles)} AND ${isOfMoments(moments)} AND message_id IN ${param.strings(ids)}`,
  );
}

/** The bounds let the engine leave out the months between which nothing is looked for. */
function isOfMoments(moments: readonly number[]): Sql {
  const [first, last] = [Math.min(...moments), Math.max(...moments)];
  if (moments.length === 0) return sql`0`;
  return sql`(timestamp >= ${param.moment(first)} AND timestamp <= ${param.moment(last)}
    AND toUnixTimestamp64Milli(timestamp) IN CAST(${param.strings(moments.map(String))}, 'Array(Int64)'))`;
}

function lookedAt(meanings: readonly MeaningThen[]): Sql {
  const names = new Map<MessageType, ReadonlySet<string> | null>();
  for (const [type, some] of meanings.flatMap(({ events }) => [...events])) {
    const before = names.get(type);
    names.set(type, some === null || before === null ? null : new Set([...(before ?? []), ...some]));
  }
  const ways = [...names].map(([type, some]) =>
    some === null
      ? sql`type = ${param.string(type)}`
      : sql`(type = ${param.string(type)} AND event IN ${param.strings([...some])})`,
  );
  return join([sql`type IN ('identify', 'group', 'alias')`, ...ways], sql` OR `);
}

function query(eventStore: EventStore, which: Sql): Promise<FoundMessage[]> {
  return eventStore.query(
    sql`SELECT profile, toString(type) AS type, toString(event) AS event, toUnixTimestamp64Milli(timestamp) AS time,
        message_id AS messageId, if(messages.type = 'identify', properties, '{}') AS set
      FROM messages WHERE ${which} ORDER BY arrival`,
    foundRow,
  );
}
