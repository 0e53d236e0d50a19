import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestEventStore, type TestEventStore } from "@/tests/support/event-store";
import { candidates } from "./candidates";
import { readSets } from "./set-reader";

let eventStore: TestEventStore;
beforeAll(async () => {
  eventStore = await openTestEventStore();
});
afterAll(() => eventStore.close());

async function candidatesAt(now: number, includeAnonymous: boolean): Promise<number[]> {
  const [people] = await readSets(eventStore, [candidates(now, includeAnonymous)]);
  return [...(people?.numbers() ?? [])];
}

test("without any data there is nobody", async () => {
  expect(await candidatesAt(1_000, true)).toEqual([]);
  expect(await candidatesAt(1_000, false)).toEqual([]);
});

test("a candidate is live, has a message at or before now, and has a userId unless anonymous people are included", async () => {
  // Every insert is a part of its own, so that nothing is merged: person 1 has an early and a late part.
  await eventStore.insert("profile_activity", [{ profile: 1, first_at: 5_000, last_at: 6_000 }]);
  await eventStore.insert("profile_activity", [{ profile: 1, first_at: 1_000, last_at: 1_000 }]);
  await eventStore.insert("profile_activity", [
    { profile: 2, first_at: 2_000, last_at: 9_000 },
    { profile: 3, first_at: 2_000, last_at: 9_000 },
    { profile: 4, first_at: 500, last_at: 500 },
  ]);
  // First messages are asked for only where some message is later than `now`.
  await eventStore.insert("messages", [{ type: "track", event: "Did", profile: 2, timestamp: 9_000, arrival: 1 }]);
  await eventStore.insert("identities", [
    { kind: "user", id: "u1", profile: 1, known: 1, version: 1 },
    { kind: "anonymous", id: "a2", profile: 2, known: 0, version: 1 },
    { kind: "user", id: "u3", profile: 3, known: 1, version: 1 },
    { kind: "user", id: "u4", profile: 4, known: 1, version: 1 },
  ]);
  await eventStore.insert("identities", [{ kind: "user", id: "u4", profile: 3, known: 1, version: 2 }]);
  await eventStore.insert("profile_merges", [{ profile: 4, into: 3, arrival: 9, merged_at: 9_000 }]);

  expect(await candidatesAt(999, true)).toEqual([]);
  expect(await candidatesAt(1_000, true)).toEqual([1]);
  expect(await candidatesAt(2_000, true)).toEqual([1, 2, 3]);
  expect(await candidatesAt(2_000, false)).toEqual([1, 3]);
});
