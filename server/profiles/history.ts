import * as z from "zod";
import type { Person } from "@/core/audience/person";
import { jsonObject } from "@/core/event/json";
import { messageTypes } from "@/core/event/message";
import type { EventStore } from "@/server/event-store/event-store";
import { param, sql } from "@/server/event-store/sql";
import { readPeople } from "./people";

const messageRow = z.strictObject({
  messageId: z.string(),
  type: z.enum(messageTypes),
  event: z.string(),
  at: z.int(),
  arrival: z.int(),
  properties: z.string(),
  context: z.string(),
});

/** A live number's whole history at or before `now`, as the evaluator of definitions takes it. */
export async function readHistory(eventStore: EventStore, profile: number, now: number): Promise<Person> {
  const [[person], rows] = await Promise.all([
    readPeople(eventStore, [profile], now, { traits: [] }),
    eventStore.query(
      sql`SELECT message_id AS messageId, type, event, toUnixTimestamp64Milli(timestamp) AS at, arrival, properties, context
      FROM messages WHERE profile = ${param.uint32(profile)} AND timestamp <= ${param.moment(now)}
      ORDER BY timestamp, arrival`,
      messageRow,
    ),
  ]);
  return {
    userId: person?.userId ?? null,
    anonymousIds: person?.anonymousIds ?? [],
    messages: rows.map(({ at, properties, context, ...row }) => ({
      ...row,
      timestamp: at,
      properties: jsonObject.parse(JSON.parse(properties)),
      context: jsonObject.parse(JSON.parse(context)),
    })),
  };
}
