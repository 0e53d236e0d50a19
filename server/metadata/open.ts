import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { PrismaPg } from "@prisma/adapter-pg";
import { Pool } from "pg";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { PrismaClient } from "@/generated/prisma/client";
import { applyMigrations } from "./migrate";

export interface OpenMetadataOptions {
  dataDir: string;
  /** Selects a PostgreSQL server in place of the embedded one in `dataDir`. */
  databaseUrl?: string | undefined;
}

export interface OpenedMetadata {
  kind: "pglite" | "postgresql";
  client: PrismaClient;
  close(): Promise<void>;
}

/** In milliseconds. Prisma's own 2 s and 5 s would fail what is merely waiting behind a busy machine's other work. */
const transactionOptions = { maxWait: 30_000, timeout: 60_000 };

/** Opens the metadata store and brings its tables up to date. */
export function openMetadata({ dataDir, databaseUrl }: OpenMetadataOptions): Promise<OpenedMetadata> {
  return databaseUrl === undefined ? openPglite(join(dataDir, "metadata")) : openPostgresql(databaseUrl);
}

async function openPglite(folder: string): Promise<OpenedMetadata> {
  await mkdir(folder, { recursive: true });
  const database = await PGlite.create(folder);
  try {
    await applyMigrations({
      query: (text, values) => database.query(text, values === undefined ? undefined : [...values]),
      script: (text) => database.exec(text),
    });
  } catch (error) {
    await database.close();
    throw error;
  }
  const client = new PrismaClient({ adapter: new PrismaPGlite(database), transactionOptions });
  return {
    kind: "pglite",
    client,
    async close() {
      await client.$disconnect();
      await database.close();
    },
  };
}

async function openPostgresql(databaseUrl: string): Promise<OpenedMetadata> {
  const pool = new Pool({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  // An idle connection that the server drops is opened anew by the pool; without a listener the event would end the process.
  pool.on("error", () => {});
  try {
    const connection = await pool.connect();
    try {
      await applyMigrations({
        query: (text, values) => connection.query(text, values === undefined ? undefined : [...values]),
        script: (text) => connection.query(text),
      });
    } finally {
      connection.release();
    }
  } catch (error) {
    await pool.end();
    throw error;
  }
  const client = new PrismaClient({ adapter: new PrismaPg(pool), transactionOptions });
  return {
    kind: "postgresql",
    client,
    async close() {
      await client.$disconnect();
      await pool.end();
    },
  };
}
