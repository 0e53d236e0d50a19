import * as z from "zod";
import type { BareStore } from "./event-store";
import { Sql, sql } from "./sql";

/** Removes all that is in the store's database. */
export async function dropTables(eventStore: Pick<BareStore, "query" | "command">): Promise<void> {
  // Views first, which read and fill tables.
  const tables = await eventStore.query(
    sql`SELECT name FROM system.tables WHERE database = currentDatabase() ORDER BY engine NOT LIKE '%View', name`,
    z.strictObject({ name: z.string() }),
  );
  for (const { name } of tables) {
    if (!/^[a-z_0-9]+$/.test(name)) throw new Error(`Not a table of ours: ${name}`);
    await eventStore.command(new Sql([`DROP TABLE IF EXISTS ${name} SYNC`]));
  }
}
