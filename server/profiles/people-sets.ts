import type { EventStore } from "@/server/event-store/event-store";
import { sql } from "@/server/event-store/sql";

/**
 * Makes people_sets anew from what it derives from, at once for whoever reads: after identifiers or messages were removed,
 * and at the start, for a write that was cut off may have stored a row without what follows from it. Nothing may be
 * written meanwhile.
 */
export async function rebuildPeopleSets(eventStore: EventStore): Promise<void> {
  await eventStore.command(sql`CREATE TABLE IF NOT EXISTS people_sets_anew AS people_sets`);
  await eventStore.command(sql`TRUNCATE TABLE people_sets_anew`);
  await eventStore.command(
    // A row for each set even where nobody is in it: the engine refuses to replace by nothing.
    sql`INSERT INTO people_sets_anew
      SELECT 'user', groupBitmapState(profile) FROM identities WHERE kind = 'user'
      UNION ALL SELECT 'anonymous', groupBitmapState(profile) FROM identities WHERE kind = 'anonymous'
      UNION ALL SELECT 'seen', groupBitmapState(profile) FROM profile_activity
      UNION ALL SELECT 'dead', groupBitmapState(profile) FROM profile_merges`,
  );
  await eventStore.command(sql`ALTER TABLE people_sets REPLACE PARTITION tuple() FROM people_sets_anew`);
  await eventStore.command(sql`DROP TABLE people_sets_anew`);
}
