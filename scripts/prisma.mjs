/**
 * Starts the official Prisma command line with `prisma-schema-engine.mjs` in the place of its schema engine, which it
 * would otherwise download at the first command. `node scripts/prisma.mjs migrate dev --name add_something` authors a
 * migration offline, in a database that lives in memory; with `DATA_DIR` or `DATABASE_URL` set, that one is meant.
 */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const prisma = join(dirname(createRequire(import.meta.url).resolve("prisma/package.json")), "build/index.js");
const { status } = spawnSync(process.execPath, [prisma, ...process.argv.slice(2)], {
  stdio: "inherit",
  cwd: join(import.meta.dirname, ".."),
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: join(import.meta.dirname, "prisma-schema-engine.mjs"),
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  },
});
process.exit(status ?? 1);
