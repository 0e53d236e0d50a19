import * as z from "zod";
import type { AnswerOf } from "@/core/api/endpoint";
import type { getOverview } from "@/core/api/workspace";
import { eventTypes } from "@/core/event/message";
import { candidates } from "@/server/audiences/compile/candidates";
import { readSets } from "@/server/audiences/compile/set-reader";
import { bitmapOf } from "@/server/audiences/compile/sets";
import { localDays } from "@/server/catalogue/local-days";
import type { EventStore } from "@/server/event-store/event-store";
import { join, param, type Sql, sql } from "@/server/event-store/sql";
import type { Services } from "@/server/services";
import { getWorkspace } from "@/server/workspace/workspace";

type Overview = AnswerOf<typeof getOverview>;

const dayRow = z.strictObject({ day: z.int(), count: z.int() });
const sourceRow = z.strictObject({ source: z.string(), count: z.int(), lastReceivedAt: z.string() });
const rejectedRow = z.strictObject({ source: z.string(), count: z.int() });
const lastEventRow = z.strictObject({ event: z.string(), type: z.string(), timestamp: z.string() });

const isLive = sql`profile NOT IN (SELECT profile FROM profile_merges)`;
const isEvent = sql`type IN (${join(eventTypes.map((type) => sql`${param.string(type)}`))})`;

/** The figures of the home page as of now: what is still to come and rows of dead numbers are not in them. */
export async function readOverview(
  services: Services,
  { days = 30 }: { days?: number | undefined },
): Promise<Overview> {
  const { eventStore, metadata } = services;
  const now = services.now().getTime();
  const { timeZone } = await getWorkspace(metadata);
  const [counts, chart, stored, refused, last, sources, audiences, funnels] = await Promise.all([
    readPeopleCounts(eventStore, now),
    readDays(eventStore, now, timeZone, days),
    readStored(eventStore, now),
    eventStore.query(
      sql`SELECT source, count() AS count FROM kept_messages FINAL
      WHERE verdict IN ('refused', 'blocked') AND outcome != 'accepted' GROUP BY source`,
      rejectedRow,
    ),
    readLastEvent(eventStore, now),
    metadata.source.findMany({ orderBy: { id: "asc" }, select: { id: true, name: true } }),
    metadata.audience.count({ where: { archivedAt: null } }),
    metadata.funnel.count({ where: { archivedAt: null } }),
  ]);
  const storedOf = new Map(stored.map((row) => [row.source, row]));
  const refusedOf = new Map(refused.map((row) => [row.source, row.count]));
  return {
    asOf: new Date(now).toISOString(),
    ...counts,
    messages: stored.reduce((sum, { count }) => sum + count, 0),
    eventsByDay: chart,
    lastEvent: last,
    sources: sources.map(({ id, name }) => ({
      id,
      name,
      messages: storedOf.get(id)?.count ?? 0,
      rejected: refusedOf.get(id) ?? 0,
      lastReceivedAt: storedOf.get(id)?.lastReceivedAt ?? null,
    })),
    audiences,
    funnels,
  };
}

async function readPeopleCounts(eventStore: EventStore, now: number): Promise<{ people: number; anonymous: number }> {
  const [known, all] = await readSets(eventStore, [candidates(now, false), candidates(now, true)]);
  const people = known?.count ?? 0;
  return { people, anonymous: (all?.count ?? 0) - people };
}

/** Events by day, and people with a userId by the day of their first message. */
async function readDays(
  eventStore: EventStore,
  now: number,
  timeZone: string,
  count: number,
): Promise<Overview["eventsByDay"]> {
  const calendar = localDays(now, timeZone, count);
  const shown = (moment: Sql) => sql`${moment} >= ${param.moment(calendar.from)} AND ${moment} <= ${param.moment(now)}`;
  const [events, newPeople] = await Promise.all([
    eventStore.query(
      sql`SELECT ${calendar.indexOf(sql`timestamp`)} AS day, count() AS count FROM messages
      WHERE ${isEvent} AND ${isLive} AND ${shown(sql`timestamp`)} GROUP BY day`,
      dayRow,
    ),
    eventStore.query(
      sql`SELECT ${calendar.indexOf(sql`first_seen`)} AS day, count() AS count FROM (
        SELECT profile, min(first_at) AS first_seen FROM profile_activity
        WHERE bitmapContains(${bitmapOf(candidates(now, false))}, profile) GROUP BY profile
      ) WHERE ${shown(sql`first_seen`)} GROUP BY day`,
      dayRow,
    ),
  ]);
  const eventsOf = new Map(events.map((row) => [row.day, row.count]));
  const newOf = new Map(newPeople.map((row) => [row.day, row.count]));
  return calendar.days.map((day, index) => ({
    day,
    events: eventsOf.get(index) ?? 0,
    newPeople: newOf.get(index) ?? 0,
  }));
}

function readStored(eventStore: EventStore, now: number): Promise<z.infer<typeof sourceRow>[]> {
  return eventStore.query(
    sql`SELECT source, count() AS count, max(received_at) AS lastReceivedAt FROM messages
    WHERE ${isLive} AND timestamp <= ${param.moment(now)} GROUP BY source`,
    sourceRow,
  );
}

/** The last event by Order. Where the last message of all is one, only the end of the history is read. */
async function readLastEvent(eventStore: EventStore, now: number): Promise<z.infer<typeof lastEventRow> | null> {
  const moment = param.moment(now);
  const latest = (since: Sql) =>
    eventStore.query(
      sql`SELECT event, type, timestamp FROM messages
      WHERE ${isEvent} AND ${isLive} AND timestamp <= ${moment} AND timestamp >= ${since}
      ORDER BY messages.timestamp DESC, messages.arrival DESC LIMIT 1`,
      lastEventRow,
    );
  const lastDay = sql`(SELECT max(last_at) FROM profile_activity WHERE last_at <= ${moment}) - INTERVAL 1 DAY`;
  const [recent] = await latest(lastDay);
  if (recent !== undefined) return recent;
  const [ever] = await latest(param.moment(0));
  return ever ?? null;
}
