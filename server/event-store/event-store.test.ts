import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { openTestEventStore } from "@/tests/support/event-store";
import type { EventStore } from "./event-store";
import { sql } from "./sql";

let eventStore: EventStore;
beforeAll(async () => {
  eventStore = await openTestEventStore();
});
afterAll(() => eventStore.close());
test("smoke", async () => {
  expect(await eventStore.query(sql`SELECT count() AS n FROM messages`, z.strictObject({ n: z.int() }))).toEqual([
    { n: 0 },
  ]);
});
