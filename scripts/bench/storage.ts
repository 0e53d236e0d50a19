import * as z from "zod";
import type { EventStore } from "@/server/event-store/event-store";
import { sql } from "@/server/event-store/sql";

export interface TableSize {
  table: string;
  rows: number;
  bytes: number;
}

/** What each table takes on disk, the largest first. */
export async function tableSizes(eventStore: EventStore): Promise<TableSize[]> {
  return eventStore.query(
    sql`SELECT table, sum(rows) AS rows, sum(bytes_on_disk) AS bytes FROM system.parts
      WHERE active AND database = currentDatabase() GROUP BY table HAVING bytes > 100000 ORDER BY bytes DESC`,
    z.strictObject({ table: z.string(), rows: z.int(), bytes: z.int() }),
  );
}
