import * as z from "zod";
import type { TimelineMessage } from "@/core/api/profiles";
import { parseJsonObject } from "@/core/event/json";
import { type MessageType, messageTypes } from "@/core/event/message";
import type { EventStore } from "@/server/event-store/event-store";
import { empty, join, param, type Sql, sql } from "@/server/event-store/sql";
import { formatCursor, parseCursor } from "./cursor";

export interface TimelineInput {
  /** The latest moment that is listed, as ISO 8601; `now` where that is earlier, and unless told. */
  until?: string | undefined;
  /** The earliest moment that is listed. */
  since?: string | undefined;
  type?: MessageType | undefined;
  /** The exact name of an event. */
  event?: string | undefined;
  /** A part of the name, the values or the context, in any case. */
  search?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

const messageRow = z.strictObject({
  profile: z.int(),
  messageId: z.string(),
  type: z.enum(messageTypes),
  event: z.string(),
  at: z.int(),
  arrival: z.string(),
  timestamp: z.string(),
  receivedAt: z.string(),
  source: z.string(),
  userId: z.string(),
  anonymousId: z.string(),
  properties: z.string(),
  context: z.string(),
  extra: z.string(),
  originalTimestamp: z.string(),
  sentAt: z.string().nullable(),
});

/** Where each type keeps its values in what was sent. */
const valuesField = {
  track: "properties",
  page: "properties",
  screen: "properties",
  identify: "traits",
  group: "traits",
};

function filters({ since, type, event, search }: TimelineInput): Sql {
  const text = param.string(search ?? "");
  const within = (column: Sql) => sql`positionCaseInsensitiveUTF8(${column}, ${text}) > 0`;
  const conditions = [
    ...(since === undefined ? [] : [sql`AND messages.timestamp >= ${param.moment(Date.parse(since))}`]),
    ...(type === undefined ? [] : [sql`AND type = ${param.string(type)}`]),
    ...(event === undefined ? [] : [sql`AND event = ${param.string(event)}`]),
    ...(search === undefined || search === ""
      ? []
      : [
          sql`AND (${within(sql`event`)} OR ${within(sql`properties`)} OR ${within(sql`context`)} OR ${within(sql`message_id`)})`,
        ]),
  ];
  return join(conditions, sql` `);
}

/** The messages of one live number, see `readTimelines`. */
export async function readTimeline(
  eventStore: EventStore,
  profile: number,
  now: number,
  sourceNames: ReadonlyMap<string, string>,
  input: TimelineInput,
): Promise<{ items: TimelineMessage[]; nextCursor: string | null }> {
  const { items, nextCursor } = await readTimelines(
    eventStore,
    sql`profile = ${param.uint32(profile)}`,
    now,
    sourceNames,
    input,
  );
  return { items: items.map(({ message }) => message), nextCursor };
}

/**
 * The messages of live numbers (`who` is a condition on `profile`), newest first by Order. A message with a timestamp after `now` does not exist yet and is
 * not in it (docs/semantics.md, "Words"). `sourceNames` by id; a source that is gone keeps its id for a name.
 * Errors: `invalid` at `cursor`.
 */
export async function readTimelines(
  eventStore: EventStore,
  who: Sql,
  now: number,
  sourceNames: ReadonlyMap<string, string>,
  input: TimelineInput,
): Promise<{ items: { profile: number; message: TimelineMessage }[]; nextCursor: string | null }> {
  const { until, limit = 50, cursor } = input;
  const last = until === undefined ? now : Math.min(now, Date.parse(until));
  const after = cursor === undefined ? undefined : parseCursor(cursor);
  const older =
    after === undefined
      ? empty
      : sql`AND (messages.timestamp, messages.arrival) < (${param.moment(after.moment)}, ${param.uint64(after.tie)})`;
  const rows = await eventStore.query(
    sql`SELECT profile, message_id AS messageId, type, event, toUnixTimestamp64Milli(timestamp) AS at, toString(arrival) AS arrival,
      timestamp, received_at AS receivedAt, source, user_id AS userId, anonymous_id AS anonymousId, properties, context,
      extra, original_timestamp AS originalTimestamp, sent_at AS sentAt
    FROM messages
    WHERE ${who} AND messages.timestamp <= ${param.moment(last)} ${filters(input)} ${older}
    ORDER BY messages.timestamp DESC, messages.arrival DESC
    LIMIT ${param.uint32(limit + 1)}`,
    messageRow,
  );
  const page = rows.slice(0, limit);
  const end = page.at(-1);
  return {
    items: page.map((row) => ({ profile: row.profile, message: timelineMessage(row, sourceNames) })),
    nextCursor:
      rows.length > limit && end !== undefined ? formatCursor({ moment: end.at, tie: BigInt(end.arrival) }) : null,
  };
}

function timelineMessage(row: z.infer<typeof messageRow>, sourceNames: ReadonlyMap<string, string>): TimelineMessage {
  const { messageId, type, event, timestamp, receivedAt, originalTimestamp, sentAt } = row;
  const userId = row.userId === "" ? null : row.userId;
  const anonymousId = row.anonymousId === "" ? null : row.anonymousId;
  const properties = parseJsonObject(row.properties);
  const context = parseJsonObject(row.context);
  return {
    messageId,
    type,
    event,
    timestamp,
    receivedAt,
    source: { id: row.source, name: sourceNames.get(row.source) ?? row.source },
    userId,
    anonymousId,
    properties,
    context,
    raw: {
      type,
      ...(event !== "" && { [type === "track" ? "event" : "name"]: event }),
      messageId,
      ...(userId !== null && { userId }),
      ...(anonymousId !== null && { anonymousId }),
      ...(type !== "alias" && { [valuesField[type]]: properties }),
      context,
      ...parseJsonObject(row.extra),
      timestamp,
      originalTimestamp,
      ...(sentAt !== null && { sentAt }),
      receivedAt,
    },
  };
}
