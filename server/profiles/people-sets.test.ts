import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { sql } from "@/server/event-store/sql";
import { openTestEventStore, type TestEventStore } from "@/tests/support/event-store";
import { storeIdentities } from "@/tests/support/stored-people";
import { knownPeople } from "./live";
import { rebuildPeopleSets } from "./people-sets";

let eventStore: TestEventStore;
beforeAll(async () => {
  eventStore = await openTestEventStore();
});
afterAll(() => eventStore.close());

async function known(): Promise<number[]> {
  const row = z.strictObject({ people: z.array(z.int()) });
  const rows = await eventStore.query(sql`SELECT arraySort(bitmapToArray(${knownPeople})) AS people`, row);
  return rows.flatMap(({ people }) => people);
}

test("people are known as soon as they have a userId, in whatever parts that was written", async () => {
  expect(await known()).toEqual([]);
  await storeIdentities(eventStore, [1, 2]);
  await storeIdentities(eventStore, [3]);
  await storeIdentities(eventStore, [4], false);
  expect(await known()).toEqual([1, 2, 3]);
});

test("what was lost comes back, and what was removed goes", async () => {
  await eventStore.command(sql`TRUNCATE TABLE people_sets`);
  await eventStore.command(sql`DELETE FROM identities WHERE profile = 2`);
  await rebuildPeopleSets(eventStore);
  expect(await known()).toEqual([1, 3]);
  await storeIdentities(eventStore, [5]);
  expect(await known()).toEqual([1, 3, 5]);
  await eventStore.command(sql`DELETE FROM identities WHERE 1`);
  await rebuildPeopleSets(eventStore);
  expect(await known()).toEqual([]);
});
