import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { openTestEventStore, type TestEventStore } from "@/tests/support/event-store";
import { migrate } from "./migrate";
import { sql } from "./sql";

let eventStore: TestEventStore;
let folder: string;
beforeAll(async () => {
  eventStore = await openTestEventStore();
  folder = await mkdtemp(join(tmpdir(), "foothold-migrations-"));
});
afterAll(async () => {
  await eventStore.close();
  await rm(folder, { recursive: true, force: true });
});

const write = (name: string, text: string) => writeFile(join(folder, name), text);

test("the product's own migrations are applied once, when a store is opened", async () => {
  expect(await migrate(eventStore)).toEqual([]);
  const applied = await eventStore.query(
    sql`SELECT name FROM migrations ORDER BY name`,
    z.strictObject({ name: z.string() }),
  );
  expect(applied[0]).toEqual({ name: "0001_messages.sql" });
  // The tests below have files of their own.
  await eventStore.command(sql`TRUNCATE TABLE migrations`);
});

test("files are applied in order, once each, statement by statement", async () => {
  await write(
    "0001_first.sql",
    "-- One; and two.\nCREATE TABLE one (a String DEFAULT 'x;y') ENGINE = Memory;\nCREATE TABLE two (b UInt8) ENGINE = Memory;\n",
  );
  expect(await migrate(eventStore, folder)).toEqual(["0001_first.sql"]);
  await write("0002_second.sql", "INSERT INTO two SELECT 7;\n");
  expect(await migrate(eventStore, folder)).toEqual(["0002_second.sql"]);
  expect(await migrate(eventStore, folder)).toEqual([]);
  expect(await eventStore.query(sql`SELECT b FROM two`, z.strictObject({ b: z.int() }))).toEqual([{ b: 7 }]);
});

test("a file that was changed after it was applied is named", async () => {
  await write("0002_second.sql", "INSERT INTO two SELECT 8;\n");
  await expect(migrate(eventStore, folder)).rejects.toThrow("0002_second.sql was changed");
});

test("a store of a newer version is left alone", async () => {
  await rm(join(folder, "0002_second.sql"));
  await expect(migrate(eventStore, folder)).rejects.toThrow("0002_second.sql");
});
