import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { root } from "../root";

const migrationsFolder = join(root, "prisma/migrations");

/** What applying migrations needs of a database: PGlite or one connection of PostgreSQL. */
export interface MigrationConnection {
  query(text: string, values?: readonly unknown[]): Promise<{ rows: unknown[] }>;
  /** Several statements at once, without parameters. */
  script(text: string): Promise<unknown>;
}

interface Migration {
  name: string;
  text: string;
  checksum: string;
}

const appliedRow = z.object({ migration_name: z.string(), checksum: z.string(), finished: z.boolean() });

/** The table as Prisma's own `migrate` makes it, so that `migrate status` and this function agree. */
const migrationsTable = `
CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

/** The advisory lock that Prisma's `migrate` takes as well. */
const advisoryLock = 72_707_369;

/**
 * Applies the migrations of `prisma/migrations` that the database has not had, all in one transaction, and answers their
 * names. Of several processes that start at once on one server, one applies and the others wait.
 */
export async function applyMigrations(
  connection: MigrationConnection,
  folder: string = migrationsFolder,
): Promise<string[]> {
  const migrations = await readMigrations(folder);
  await connection.script("BEGIN");
  try {
    await connection.query("SELECT pg_advisory_xact_lock($1)", [advisoryLock]);
    await connection.script(migrationsTable);
    const pending = pendingOf(migrations, await appliedMigrations(connection));
    for (const { name, text, checksum } of pending) {
      await connection.script(text);
      await connection.query(
        `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count)
         VALUES ($1, $2, $3, now(), 1)`,
        [randomUUID(), checksum, name],
      );
    }
    await connection.script("COMMIT");
    return pending.map(({ name }) => name);
  } catch (error) {
    await connection.script("ROLLBACK");
    throw error;
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const text = await readFile(join(folder, name, "migration.sql"), "utf8");
      return { name, text, checksum: createHash("sha256").update(text).digest("hex") };
    }),
  );
}

async function appliedMigrations(connection: MigrationConnection) {
  const { rows } = await connection.query(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished FROM "_prisma_migrations"
     WHERE rolled_back_at IS NULL ORDER BY started_at, migration_name`,
  );
  return z.array(appliedRow).parse(rows);
}

/** Throws where database and files have parted: the tables would not be what the files say. */
function pendingOf(migrations: readonly Migration[], applied: readonly z.infer<typeof appliedRow>[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { migration_name: name, checksum, finished } of applied) {
    if (!finished) {
      throw new Error(`The metadata migration ${name} was begun and never finished. Resolve it with Prisma's migrate.`);
    }
    const migration = known.get(name);
    if (migration === undefined) {
      throw new Error(
        `The metadata was written by a newer version: it has had ${name}, which this version does not know.`,
      );
    }
    if (migration.checksum !== checksum) {
      throw new Error(
        `The metadata migration ${name} was changed after it had been applied. Put it back, and write a new one.`,
      );
    }
    known.delete(name);
  }
  return [...known.values()];
}
