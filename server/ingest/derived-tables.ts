import type { EventStore } from "../event-store/event-store";
import { type Sql, sql } from "../event-store/sql";

/**
 * Derives everything from the messages that fit `which`, as the history of the person `owner`. All of it is idempotent: hashes and trait changes
 * replace themselves, activity and periods keep their bounds, and sets of people stay as they are.
 */
export async function deriveAgain(eventStore: EventStore, which: Sql, owner = sql`profile`): Promise<void> {
  await eventStore.command(
    sql`INSERT INTO to_derive (type, event, profile, timestamp, arrival, properties, source, message_id)
    SELECT type, event, ${owner}, timestamp, arrival, properties, source, message_id FROM messages WHERE ${which}`,
  );
}

/** Writes down that everything up to this arrival is derived. */
export async function markDerived(eventStore: EventStore, arrival: number): Promise<void> {
  await eventStore.insert("derived_until", [{ id: 1, arrival }]);
}
