import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import type { BareStore } from "./event-store";
import { param, Sql, sql } from "./sql";

const migrationsFolder = join(import.meta.dirname, "migrations");

/** Splits a migration into its statements: each ends with a semicolon at the end of a line. */
function statementsOf(text: string): string[] {
  return text
    .replace(/^\s*--.*$/gm, "")
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
}

const appliedRow = z.strictObject({ name: z.string(), checksum: z.string() });

/**
 * Applies the migrations that this store has not had, in order of their names, and answers the names of those applied.
 * A file that was changed after it was applied stops the start: the store would no longer be what the files say.
 */
export async function migrate(
  eventStore: Pick<BareStore, "command" | "query">,
  folder = migrationsFolder,
): Promise<string[]> {
  await eventStore.command(
    sql`CREATE TABLE IF NOT EXISTS migrations (
      name String, checksum String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC')
    ) ENGINE = MergeTree ORDER BY name`,
  );
  const applied = new Map(
    (await eventStore.query(sql`SELECT name, checksum FROM migrations`, appliedRow)).map((row) => [
      row.name,
      row.checksum,
    ]),
  );
  const files = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  const missing = [...applied.keys()].filter((name) => !files.includes(name));
  if (missing.length > 0) {
    throw new Error(
      `The event store was written by a newer version: it has had ${missing.join(", ")}, which this version does not know.`,
    );
  }
  const fresh: string[] = [];
  for (const name of files) {
    const text = await readFile(join(folder, name), "utf8");
    const checksum = createHash("sha256").update(text).digest("hex");
    const known = applied.get(name);
    if (known === checksum) continue;
    if (known !== undefined) {
      throw new Error(
        `The event store's migration ${name} was changed after it had been applied. Put it back, and write a new one instead.`,
      );
    }
    for (const statement of statementsOf(text)) await eventStore.command(new Sql([statement]));
    await eventStore.command(
      sql`INSERT INTO migrations (name, checksum) SELECT ${param.string(name)}, ${param.string(checksum)}`,
    );
    fresh.push(name);
  }
  return fresh;
}
