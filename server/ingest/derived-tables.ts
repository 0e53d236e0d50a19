import type { EventStore } from "../event-store/event-store";
import { type Sql, sql } from "../event-store/sql";

/**
 * Derives everything from the messages that fit `which` once more. All of it is idempotent: hashes and trait changes
 * replace themselves, activity and periods keep their bounds, and sets of people stay as they are.
 */
export async function deriveAgain(eventStore: EventStore, which: Sql): Promise<void> {
  await eventStore.command(
    sql`INSERT INTO to_derive (type, event, profile, timestamp, arrival, properties, source, message_id)
    SELECT type, event, profile, timestamp, arrival, properties, source, message_id FROM messages WHERE ${which}`,
  );
}
