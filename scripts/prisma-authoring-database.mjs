import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import { PrismaPGlite } from "pglite-prisma-adapter";

/**
 * The database that a Prisma command works on: `DATABASE_URL`, else the embedded one in `DATA_DIR` when that is set (the
 * product must not be running on it), else an empty one in memory, which is all that authoring a migration needs.
 */
export async function openAuthoringDatabase() {
  if (process.env.DATABASE_URL) {
    const factory = new PrismaPg({ connectionString: process.env.DATABASE_URL });
    return { factory: onPostgres(factory), close: async () => {} };
  }
  const folder = process.env.DATA_DIR ? join(process.env.DATA_DIR, "metadata") : undefined;
  if (folder) mkdirSync(folder, { recursive: true });
  const database = await PGlite.create(folder);
  return { factory: new PrismaPGlite(database), close: () => database.close() };
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
    connectToShadowDb: async () => new PrismaPGlite(await PGlite.create()).connect(),
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
