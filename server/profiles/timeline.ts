import * as z from "zod";
import type { TimelineMessage } from "@/core/api/profiles";
import { jsonObject } from "@/core/api/shared";
import { messageTypes } from "@/core/event/message";
import type { EventStore } from "@/server/event-store/event-store";
import { empty, param, sql } from "@/server/event-store/sql";
import { formatCursor, parseCursor } from "./cursor";

export interface TimelineInput {
  /** The latest moment that is listed, as ISO 8601; `now` where that is earlier, and unless told. */
  until?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

const messageRow = z.strictObject({
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
});

/**
 * The messages of a live number, newest first by Order. A message with a timestamp after `now` does not exist yet and is
 * not in it (docs/semantics.md, "Words"). `sourceNames` by id; a source that is gone keeps its id for a name.
 * Errors: `invalid` at `cursor`.
 */
export async function readTimeline(
  eventStore: EventStore,
  profile: number,
  now: number,
  sourceNames: ReadonlyMap<string, string>,
  { until, limit = 50, cursor }: TimelineInput,
): Promise<{ items: TimelineMessage[]; nextCursor: string | null }> {
  const last = until === undefined ? now : Math.min(now, Date.parse(until));
  const after = cursor === undefined ? undefined : parseCursor(cursor);
  const older =
    after === undefined
      ? empty
      : sql`AND (messages.timestamp, messages.arrival) < (${param.moment(after.moment)}, ${param.uint64(after.tie)})`;
  const rows = await eventStore.query(
    sql`SELECT message_id AS messageId, type, event, toUnixTimestamp64Milli(timestamp) AS at, toString(arrival) AS arrival,
      timestamp, received_at AS receivedAt, source, user_id AS userId, anonymous_id AS anonymousId, properties, context
    FROM messages
    WHERE profile = ${param.uint32(profile)} AND messages.timestamp <= ${param.moment(last)} ${older}
    ORDER BY messages.timestamp DESC, messages.arrival DESC
    LIMIT ${param.uint32(limit + 1)}`,
    messageRow,
  );
  const page = rows.slice(0, limit);
  const end = page.at(-1);
  return {
    items: page.map(({ at: _at, arrival: _arrival, ...row }) => ({
      ...row,
      source: { id: row.source, name: sourceNames.get(row.source) ?? row.source },
      userId: row.userId === "" ? null : row.userId,
      anonymousId: row.anonymousId === "" ? null : row.anonymousId,
      properties: jsonObject.parse(JSON.parse(row.properties)),
      context: jsonObject.parse(JSON.parse(row.context)),
    })),
    nextCursor:
      rows.length > limit && end !== undefined ? formatCursor({ moment: end.at, tie: BigInt(end.arrival) }) : null,
  };
}
