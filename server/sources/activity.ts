import * as z from "zod";
import type { EventStore } from "../event-store/event-store";
import { param, sql } from "../event-store/sql";
import { deadPeople } from "../profiles/live";

const received = z.strictObject({ messages: z.int(), lastReceivedAt: z.string() });
const rejection = z.strictObject({ code: z.string(), message: z.string(), count: z.int(), lastAt: z.string() });

export interface SourceActivity {
  messages: number;
  lastReceivedAt: string | null;
  /** By reason, the most frequent first; `message` is the last one of its code. */
  rejections: { code: string; message: string; count: number; lastAt: string }[];
}

/** What has come in by a source: messages that are stored, and those that were refused. */
export async function sourceActivity(
  eventStore: EventStore,
  sourceId: string,
  options: { signal?: AbortSignal } = {},
): Promise<SourceActivity> {
  const source = param.string(sourceId);
  const [[stored], rejections] = await Promise.all([
    eventStore.query(
      // A person who was joined into another leaves copies behind until they are purged.
      sql`SELECT count() AS messages, max(received_at) AS lastReceivedAt FROM messages
        WHERE source = ${source} AND NOT bitmapContains(${deadPeople}, profile)`,
      received,
      options,
    ),
    eventStore.query(
      sql`SELECT code, argMax(message, received_at) AS message, count() AS count, max(received_at) AS lastAt
        FROM kept_messages FINAL
        WHERE source = ${source} AND verdict IN ('refused', 'blocked') AND outcome != 'accepted' GROUP BY code ORDER BY count DESC, code`,
      rejection,
      options,
    ),
  ]);
  const messages = stored?.messages ?? 0;
  return { messages, lastReceivedAt: messages === 0 ? null : (stored?.lastReceivedAt ?? null), rejections };
}
