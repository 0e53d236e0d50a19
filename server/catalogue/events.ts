import * as z from "zod";
import type { SeenEvent, SeenProperty } from "@/core/api/catalogue";
import { parseJsonObject } from "@/core/event/json";
import { eventTypes } from "@/core/event/message";
import type { EventStore } from "@/server/event-store/event-store";
import { join, param, type Sql, sql } from "@/server/event-store/sql";
import { localDays } from "./local-days";
import { SeenProperties } from "./seen-properties";

/** Days of the small chart of each event. */
const chartDays = 30;
/** Messages looked at for property names: the latest ones, and some of all times. */
const sampled = { latest: 100, any: 300 };

const name = z.strictObject({ type: z.enum(eventTypes), event: z.string() });
type Name = z.infer<typeof name>;
const nameRow = name.extend({ stored: z.int() });
const figuresRow = name.extend({ people: z.int(), count: z.int(), firstSeen: z.string(), lastSeen: z.string() });
const dayRow = name.extend({ day: z.int(), count: z.int() });
const propertiesRow = z.strictObject({ properties: z.string() });

const isEvent = sql`type IN (${join(eventTypes.map((type) => sql`${param.string(type)}`))})`;
const isLive = sql`profile NOT IN (SELECT profile FROM profile_merges)`;

function isOneOf(names: readonly Name[]): Sql {
  return sql`(type, event) IN (${join(names.map(({ type, event }) => sql`(${param.string(type)}, ${param.string(event)})`))})`;
}

/** Every event name that is stored, with the number of its rows: the cheap question that tells what has changed. */
export function readEventNames(eventStore: EventStore): Promise<z.infer<typeof nameRow>[]> {
  return eventStore.query(
    sql`SELECT type, event, count() AS stored FROM messages WHERE ${isEvent} GROUP BY type, event`,
    nameRow,
  );
}

/** What is shown of each of these events, as of `now`: events still to come and rows of dead numbers do not count. */
export async function readEvents(
  eventStore: EventStore,
  names: readonly Name[],
  now: number,
  timeZone: string,
): Promise<SeenEvent[]> {
  if (names.length === 0) return [];
  const which = sql`${isOneOf(names)} AND ${isLive}`;
  const calendar = localDays(now, timeZone, chartDays);
  const [figures, days] = await Promise.all([
    eventStore.query(
      sql`SELECT type, event, groupBitmap(profile) AS people, count() AS count, min(timestamp) AS firstSeen, max(timestamp) AS lastSeen
      FROM messages WHERE ${which} AND timestamp <= ${param.moment(now)}
      GROUP BY type, event`,
      figuresRow,
    ),
    eventStore.query(
      sql`SELECT type, event, ${calendar.indexOf(sql`timestamp`)} AS day, count() AS count
      FROM messages WHERE ${which} AND timestamp >= ${param.moment(calendar.from)} AND timestamp <= ${param.moment(now)}
      GROUP BY type, event, day`,
      dayRow,
    ),
  ]);
  const daily = new Map(figures.map((row) => [keyOf(row), calendar.days.map(() => 0)]));
  for (const row of days) {
    const counts = daily.get(keyOf(row));
    if (counts !== undefined) counts[row.day] = row.count;
  }
  return Promise.all(
    figures.map(async (row) => ({
      ...row,
      daily: daily.get(keyOf(row)) ?? [],
      properties: await readProperties(eventStore, row, now),
    })),
  );
}

async function readProperties(eventStore: EventStore, event: Name, now: number): Promise<SeenProperty[]> {
  const rows = sql`SELECT properties FROM messages WHERE type = ${param.string(event.type)} AND event = ${param.string(event.event)}
    AND timestamp <= ${param.moment(now)} AND properties != '{}'`;
  const found = await eventStore.query(
    sql`SELECT properties FROM (${rows} ORDER BY timestamp DESC LIMIT ${param.uint32(sampled.latest)})
    UNION ALL SELECT properties FROM (${rows} LIMIT ${param.uint32(sampled.any)})`,
    propertiesRow,
    { settings: { query_plan_max_limit_for_lazy_materialization: 1_000 } },
  );
  const seen = new SeenProperties();
  for (const { properties } of found) seen.add(parseJsonObject(properties));
  return seen.list();
}

/** An event name and its type as one key. */
export function keyOf({ type, event }: Name): string {
  return `${type} ${event}`;
}
