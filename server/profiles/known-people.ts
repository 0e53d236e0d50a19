import type { EventStore } from "@/server/event-store/event-store";
import { sql } from "@/server/event-store/sql";

/**
 * Makes identified_people from identities anew, at once for whoever reads: after identifiers were removed, and at the
 * start, for a write that was cut off may have stored an identifier without its person. Nothing may be written meanwhile.
 */
export async function rebuildKnownPeople(eventStore: EventStore): Promise<void> {
  await eventStore.command(sql`CREATE TABLE IF NOT EXISTS identified_people_anew AS identified_people`);
  await eventStore.command(sql`TRUNCATE TABLE identified_people_anew`);
  await eventStore.command(
    // A row for each kind even where nobody has one: the engine refuses to replace by nothing.
    sql`INSERT INTO identified_people_anew
      SELECT 'user', groupBitmapState(profile) FROM identities WHERE kind = 'user'
      UNION ALL SELECT 'anonymous', groupBitmapState(profile) FROM identities WHERE kind = 'anonymous'`,
  );
  await eventStore.command(sql`ALTER TABLE identified_people REPLACE PARTITION tuple() FROM identified_people_anew`);
  await eventStore.command(sql`DROP TABLE identified_people_anew`);
}
