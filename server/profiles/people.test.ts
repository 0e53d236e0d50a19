import { afterAll, beforeAll, expect, test } from "vitest";
import { param, sql } from "@/server/event-store/sql";
import { openTestEventStore, type TestEventStore } from "@/tests/support/event-store";
import { readPeople, streamPeople } from "./people";

let eventStore: TestEventStore;
beforeAll(async () => {
  eventStore = await openTestEventStore();
  await eventStore.insert("identities", [
    { kind: "user", id: "ann", profile: 1, known: 1, version: 1 },
    { kind: "anonymous", id: "z", profile: 1, known: 1, version: 2 },
    { kind: "anonymous", id: "b", profile: 1, known: 0, version: 3 },
    { kind: "anonymous", id: "only", profile: 2, known: 0, version: 4 },
    { kind: "user", id: "bob", profile: 3, known: 1, version: 5 },
  ]);
  const set = (profile: number, trait: string, timestamp: number, arrival: number, value: unknown) => ({
    profile,
    trait,
    timestamp,
    arrival,
    value: JSON.stringify(value),
  });
  await eventStore.insert("trait_changes", [
    set(1, "email", 1_000, 1, "ann@example.com"),
    set(1, "plan", 1_000, 1, "trial"),
    set(1, "plan", 2_000, 3, "pro"),
    set(1, "plan", 2_000, 2, "late to arrive, first in arrival"),
    set(1, "seats", 1_500, 1, 5),
    set(1, "seats", 1_600, 2, null),
    set(1, 'odd "name"\\', 1_500, 1, { nested: ["ü", 1.5] }),
    set(1, "plan", 9_000, 9, "future"),
    set(3, "email", 1_000, 1, 42),
    set(3, "plan", 1_000, 1, ""),
  ]);
  // A second part with the same row, as a reconciliation leaves behind.
  await eventStore.insert("trait_changes", [set(1, "plan", 2_000, 3, "pro")]);
});
afterAll(() => eventStore.close());

const ann = {
  id: "p1",
  userId: "ann",
  anonymousIds: ["b", "z"],
  email: "ann@example.com",
  traits: { email: "ann@example.com", plan: "pro", 'odd "name"\\': { nested: ["ü", 1.5] } },
};
const onlyAnonymous = { id: "p2", userId: null, anonymousIds: ["only"], email: null, traits: {} };
const bob = { id: "p3", userId: "bob", anonymousIds: [], email: null, traits: { email: 42, plan: "" } };

test("people come in the order asked for, with the last value of each trait by Order", async () => {
  expect(await readPeople(eventStore, [3, 1, 77, 2], 5_000)).toEqual([bob, ann, onlyAnonymous]);
  expect(await readPeople(eventStore, [], 5_000)).toEqual([]);
});

test("traits are those of the moment", async () => {
  const [before] = await readPeople(eventStore, [1], 1_500);
  expect(before?.traits).toEqual({
    email: "ann@example.com",
    plan: "trial",
    seats: 5,
    'odd "name"\\': { nested: ["ü", 1.5] },
  });
  expect((await readPeople(eventStore, [1], 9_000))[0]?.traits.plan).toBe("future");
});

test("chosen traits only, and the email in any case", async () => {
  expect(await readPeople(eventStore, [1], 5_000, { traits: ["plan"] })).toEqual([{ ...ann, traits: { plan: "pro" } }]);
  expect(await readPeople(eventStore, [1], 5_000, { traits: ["email"] })).toEqual([
    { ...ann, traits: { email: "ann@example.com" } },
  ]);
});

test("a set of people is streamed lowest number first", async () => {
  const people = sql`(SELECT groupBitmapState(number) FROM (SELECT arrayJoin(${param.uint32s([3, 2, 1, 77])}) AS number))`;
  const batches = [];
  for await (const batch of streamPeople(eventStore, people, 5_000)) batches.push(...batch);
  expect(batches).toEqual([ann, onlyAnonymous, bob]);
});
