import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod";
import { openTestEventStore } from "@/tests/support/event-store";
import { describeEventStore } from "@/tests/support/event-store-contract";
import { openChdb } from "./chdb";
import { sql } from "./sql";

describeEventStore("chDB", openTestEventStore);

test("what was inserted is there after closing and opening again", async () => {
  const directory = await mkdtemp(join(tmpdir(), "foothold-durable-"));
  const count = z.strictObject({ n: z.int() });
  const before = openChdb({ directory });
  const first = await before.database(null);
  await first.command(sql`CREATE TABLE kept (a UInt32) ENGINE = MergeTree ORDER BY a`);
  await first.insert("kept", [{ a: 1 }, { a: 2 }]);
  await before.close();
  const after = openChdb({ directory });
  const second = await after.database(null);
  expect(await second.query(sql`SELECT count() AS n FROM kept`, count)).toEqual([{ n: 2 }]);
  await after.close();
  await rm(directory, { recursive: true, force: true });
});
