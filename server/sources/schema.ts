import * as z from "zod";
import type { SchemaEvent, SchemaProperty } from "../../core/api/sources";
import { parseJsonObject } from "../../core/event/json";
import { type MessageType, messageTypes } from "../../core/event/message";
import { localDays } from "../catalogue/local-days";
import { SeenProperties } from "../catalogue/seen-properties";
import type { EventStore } from "../event-store/event-store";
import { param, sql } from "../event-store/sql";
import { deadPeople } from "../profiles/live";

const chartDays = 30;
const newMs = 7 * 86_400_000;
/** Messages looked at for types and examples: the latest ones, and some of all times. */
const sampled = { latest: 200, any: 500 };

const type = z.enum(messageTypes);
const eventRow = z.strictObject({
  type,
  event: z.string(),
  messages: z.int(),
  people: z.int(),
  firstSeen: z.string(),
  lastSeen: z.string(),
});
const dayRow = z.strictObject({ type, event: z.string(), day: z.int(), messages: z.int() });
const propertyRow = z.strictObject({
  name: z.string(),
  messages: z.int(),
  firstSeen: z.string(),
  lastSeen: z.string(),
});
const textRow = z.strictObject({ properties: z.string() });
const countRow = z.strictObject({ messages: z.int() });

interface Options {
  signal?: AbortSignal;
}

const isNewAt = (firstSeen: string, now: number) => Date.parse(firstSeen) > now - newMs;

/** What a source sends, by type and name, the most frequent first; messages dated after `now` are still to come. */
export async function sourceSchema(
  eventStore: EventStore,
  source: string,
  now: number,
  timeZone: string,
  options: Options,
): Promise<SchemaEvent[]> {
  const calendar = localDays(now, timeZone, chartDays);
  // A person who was joined into another leaves copies behind until they are purged.
  const which = sql`source = ${param.string(source)} AND NOT bitmapContains(${deadPeople}, profile)
    AND timestamp <= ${param.moment(now)}`;
  const [events, days] = await Promise.all([
    eventStore.query(
      sql`SELECT type, event, count() AS messages, groupBitmap(profile) AS people, min(timestamp) AS firstSeen, max(timestamp) AS lastSeen
        FROM messages WHERE ${which} GROUP BY type, event ORDER BY messages DESC, type, event`,
      eventRow,
      { ...options, heavy: true },
    ),
    eventStore.query(
      sql`SELECT type, event, ${calendar.indexOf(sql`timestamp`)} AS day, count() AS messages
        FROM messages WHERE ${which} AND timestamp >= ${param.moment(calendar.from)} GROUP BY type, event, day`,
      dayRow,
      options,
    ),
  ]);
  const keyOf = (row: { type: MessageType; event: string }) => `${row.type} ${row.event}`;
  const daily = new Map(events.map((row) => [keyOf(row), calendar.days.map(() => 0)]));
  for (const row of days) daily.get(keyOf(row))?.splice(row.day, 1, row.messages);
  return events.map((row) => ({ ...row, isNew: isNewAt(row.firstSeen, now), daily: daily.get(keyOf(row)) ?? [] }));
}

/**
 * The properties of one event of a source. Names on the first level are counted over all messages; types, examples and what
 * lies deeper come from a sample of them.
 */
export async function sourceProperties(
  eventStore: EventStore,
  { source, type, event }: { source: string; type: MessageType; event: string },
  now: number,
  options: Options,
): Promise<{ messages: number; items: SchemaProperty[] }> {
  const which = sql`type = ${param.string(type)} AND event = ${param.string(event)} AND source = ${param.string(source)}
    AND NOT bitmapContains(${deadPeople}, profile) AND timestamp <= ${param.moment(now)}`;
  const texts = sql`SELECT properties FROM messages WHERE ${which} AND properties != '{}'`;
  const [[all], figures, samples] = await Promise.all([
    eventStore.query(sql`SELECT count() AS messages FROM messages WHERE ${which}`, countRow, options),
    eventStore.query(
      sql`SELECT name, count() AS messages, min(timestamp) AS firstSeen, max(timestamp) AS lastSeen
        FROM messages ARRAY JOIN JSONExtractKeys(properties) AS name WHERE ${which} GROUP BY name`,
      propertyRow,
      { ...options, heavy: true },
    ),
    eventStore.query(
      sql`SELECT properties FROM (${texts} ORDER BY timestamp DESC LIMIT ${param.uint32(sampled.latest)})
        UNION ALL SELECT properties FROM (${texts} LIMIT ${param.uint32(sampled.any)})`,
      textRow,
      options,
    ),
  ]);
  const seen = new SeenProperties();
  for (const { properties } of samples) seen.add(parseJsonObject(properties));
  const figuresOf = new Map(figures.map(({ name, ...row }) => [name, { ...row, isNew: isNewAt(row.firstSeen, now) }]));
  const known = seen.list().map((property) => ({ ...property, figures: figuresOf.get(property.name) ?? null }));
  const names = new Set(known.map(({ name }) => name.split(".")[0]));
  // A rare one may be in no sample: it is there all the same.
  const rare = [...figuresOf].filter(([name]) => !names.has(name) && !names.has(name.split(".")[0]));
  const items = [...known, ...rare.map(([name, row]) => ({ name, types: [], examples: [], figures: row }))];
  return { messages: all?.messages ?? 0, items: items.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}
