import { mkdirSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import { tryLock } from "fs-native-extensions";
import { PrismaPGlite } from "pglite-prisma-adapter";

/**
 * The database that a Prisma command works on: `DATABASE_URL`, else the embedded one in `DATA_DIR` when that is set (the
 * product must not be running on it), else an empty one in memory, which is all that authoring a migration needs.
 * Nothing is opened before it is needed.
 */
export function authoringDatabase() {
  if (process.env.DATABASE_URL) {
    const factory = onPostgres(new PrismaPg({ connectionString: process.env.DATABASE_URL }));
    return { factory, reach: async () => (await factory.connect()).dispose(), close: async () => {} };
  }
  let opened;
  const connect = async () => {
    opened ??= openEmbedded();
    return new PrismaPGlite(await opened).connect();
  };
  return {
    factory: { provider: "postgres", adapterName: "pglite", connect, connectToShadowDb },
    reach: async () => {},
    close: async () => (await opened)?.close(),
  };
}

async function openEmbedded() {
  if (!process.env.DATA_DIR) return PGlite.create();
  await lockDataDir(process.env.DATA_DIR);
  const folder = join(process.env.DATA_DIR, "metadata");
  mkdirSync(folder, { recursive: true });
  return PGlite.create(folder);
}

/** The product's own lock (server/lock.ts): two processes on one folder lose data silently. It goes with this process. */
async function lockDataDir(dataDir) {
  mkdirSync(dataDir, { recursive: true });
  const file = await open(join(dataDir, "lock"), "a+", 0o600);
  if (!tryLock(file.fd)) throw new Error(`Foothold is running on ${dataDir}. Stop it first.`);
}

async function connectToShadowDb() {
  return new PrismaPGlite(await PGlite.create()).connect();
}

/**
 * adapter-pg 7.10 opens the real database where a shadow is asked for, and does not know Postgres' internal "char", in which
 * the catalogue keeps its flags. The shadow is an empty PGlite instead, and "char" is told as a character.
 */
function onPostgres(factory) {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => withInternalChar(await factory.connect()),
    connectToShadowDb,
  };
}

/** Postgres' numbers of its types. */
const internalChar = 18;
const text = 25;

function withInternalChar(queryable) {
  const { queryRaw, startTransaction } = queryable;
  queryable.queryRaw = async (query) => {
    const result = await queryable.performIO(query);
    const flags = result.fields.flatMap(({ dataTypeID }, index) => (dataTypeID === internalChar ? [index] : []));
    for (const index of flags) result.fields[index].dataTypeID = text;
    const performed = Object.create(queryable, { performIO: { value: async () => result } });
    const answer = await queryRaw.call(performed, query);
    for (const index of flags) answer.columnTypes[index] = ColumnTypeEnum.Character;
    return answer;
  };
  if (startTransaction !== undefined) {
    queryable.startTransaction = async (level) => withInternalChar(await startTransaction.call(queryable, level));
  }
  return queryable;
}
