import { defineConfig } from "prisma/config";

/**
 * For the Prisma command line only, which is started by `scripts/prisma.mjs`: without `DATABASE_URL` it authors against an
 * embedded database of its own, never against the one in `DATA_DIR`. The application takes its connection from
 * `server/metadata/open.ts`.
 */
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "postgresql://embedded" },
});
