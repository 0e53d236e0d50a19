import type { QueryOptions } from "@/server/event-store/query-options";
import { type BlockReader, sql } from "@/server/event-store/sql";

/**
 * The latest timestamp of all messages, in milliseconds since the epoch, 0 where there is none. The store keeps it at hand, unless it
 * is asked with a filter of rows, such as that of a sample.
 */
export async function latestMessage(store: BlockReader, { signal }: Pick<QueryOptions, "signal">): Promise<number> {
  const [found] = await store.kept(
    sql`SELECT toUInt64(toUnixTimestamp64Milli(max(timestamp))) AS latest FROM messages`,
    { signal },
  );
  return Number(found?.view("latest", "UInt64").getBigUint64(0, true) ?? 0n);
}
