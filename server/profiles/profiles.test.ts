import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestEventStore, type TestEventStore } from "@/tests/support/event-store";
import { storeIdentities, storeMessages } from "@/tests/support/stored-people";
import { getProfile } from "./get";
import { type ListProfilesInput, listProfiles } from "./list";
import { resolveProfile } from "./resolve";
import { readTimeline } from "./timeline";
import { readTraitHistory } from "./trait-history";

const now = Date.UTC(2026, 5, 1);
const at = (day: number) => now + (day - 100) * 86_400_000;

let eventStore: TestEventStore;
beforeAll(async () => {
  eventStore = await openTestEventStore();
  await storeIdentities(eventStore, [1, 2, 3, 5, 6]);
  await storeIdentities(eventStore, [4, 9], false);
  const email = (address: string) => ({ type: "identify" as const, properties: { email: address } });
  await storeMessages(eventStore, [
    {
      profile: 1,
      timestamp: at(1),
      event: "Signed Up",
      properties: { plan: "trial" },
      context: { page: { path: "/" } },
    },
    { profile: 1, timestamp: at(50), ...email("ÄNN@Example.com") },
    { profile: 1, timestamp: at(50), event: "Same Moment" },
    { profile: 1, timestamp: at(150), event: "Still To Come" },
    { profile: 2, timestamp: at(60), ...email("old@example.com") },
    { profile: 2, timestamp: at(61), ...email("bob@example.com") },
    { profile: 3, timestamp: at(60), event: "Opened" },
    { profile: 4, timestamp: at(60), event: "Opened" },
    { profile: 5, timestamp: at(200), event: "Only Still To Come" },
    { profile: 6, timestamp: at(99), ...email("dead@example.com") },
  ]);
  await eventStore.insert("profile_merges", [
    { profile: 6, into: 7, arrival: 900, merged_at: at(99) },
    { profile: 7, into: 1, arrival: 901, merged_at: at(99) },
  ]);
});
afterAll(() => eventStore.close());

const ids = async (input: ListProfilesInput) => (await listProfiles(eventStore, now, input)).items.map(({ id }) => id);

test("people are listed last seen first, without the dead and those still to come", async () => {
  expect(await ids({})).toEqual(["p2", "p4", "p3", "p1"]);
  expect(await ids({ includeAnonymous: false })).toEqual(["p2", "p3", "p1"]);
  const { items } = await listProfiles(eventStore, now, {});
  expect(items.at(-1)).toEqual({
    id: "p1",
    userId: "user-1",
    anonymousIds: [],
    email: "ÄNN@Example.com",
    traits: { email: "ÄNN@Example.com" },
    firstSeen: new Date(at(1)).toISOString(),
    lastSeen: new Date(at(50)).toISOString(),
  });
});

test("people are found by exact ids, and by a part of an id or of the email that holds now", async () => {
  expect(await ids({ userId: "user-1" })).toEqual(["p1"]);
  expect(await ids({ userId: "USER-1" })).toEqual([]);
  expect(await ids({ anonymousId: "anonymous-4" })).toEqual(["p4"]);
  expect(await ids({ userId: "user-1", anonymousId: "anonymous-4" })).toEqual([]);
  expect(await ids({ search: "änn@" })).toEqual(["p1"]);
  expect(await ids({ search: "SER-3" })).toEqual(["p3"]);
  expect(await ids({ search: "old@" })).toEqual([]);
  expect(await ids({ search: "dead@" })).toEqual([]);
  expect(await ids({ search: "%" })).toEqual([]);
  expect(await ids({ search: "'; DROP TABLE messages; --\\" })).toEqual([]);
});

test("pages follow each other without a gap or a repeat, also among equal moments", async () => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listProfiles(eventStore, now, { limit: 1, cursor });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(seen).toEqual(["p2", "p4", "p3", "p1"]);
  await expect(listProfiles(eventStore, now, { cursor: "nonsense" })).rejects.toMatchObject({
    code: "invalid",
    path: "cursor",
  });
});

test("a person is found by any of the numbers that were joined", async () => {
  expect(await resolveProfile(eventStore, "p1")).toBe(1);
  expect(await resolveProfile(eventStore, "p7")).toBe(1);
  expect(await resolveProfile(eventStore, "p6")).toBe(1);
  for (const id of ["", "1", "p", "p-1", "p01", "p4294967296", "p1.5", "p1'"]) {
    await expect(resolveProfile(eventStore, id)).rejects.toMatchObject({ code: "not_found" });
  }
  expect(await getProfile(eventStore, 1, now)).toMatchObject({ id: "p1", userId: "user-1" });
  await expect(getProfile(eventStore, 99, now)).rejects.toMatchObject({ code: "not_found" });
  await expect(getProfile(eventStore, 5, now)).rejects.toMatchObject({ code: "not_found" });
});

test("the timeline is newest first by Order, without what is still to come", async () => {
  const names = new Map([["s1", "Website"]]);
  const first = await readTimeline(eventStore, 1, now, names, { limit: 2 });
  expect(first.items.map(({ event, type }) => event || type)).toEqual(["Same Moment", "identify"]);
  const until = await readTimeline(eventStore, 1, now, names, { until: new Date(at(50) - 1).toISOString() });
  expect(until.items.map(({ event }) => event)).toEqual(["Signed Up"]);
  const second = await readTimeline(eventStore, 1, now, names, { limit: 2, cursor: first.nextCursor ?? "" });
  expect(second.nextCursor).toBeNull();
  expect(second.items).toEqual([
    {
      messageId: expect.any(String),
      type: "track",
      event: "Signed Up",
      timestamp: new Date(at(1)).toISOString(),
      receivedAt: new Date(at(1)).toISOString(),
      source: { id: "s1", name: "Website" },
      userId: "user-1",
      anonymousId: null,
      properties: { plan: "trial" },
      context: { page: { path: "/" } },
      raw: {
        type: "track",
        event: "Signed Up",
        messageId: expect.any(String),
        userId: "user-1",
        properties: { plan: "trial" },
        context: { page: { path: "/" } },
        timestamp: new Date(at(1)).toISOString(),
        originalTimestamp: new Date(at(1)).toISOString(),
        receivedAt: new Date(at(1)).toISOString(),
      },
    },
  ]);
});

test("a timeline is narrowed by type, event, text and time", async () => {
  const shown = async (input: object) =>
    (await readTimeline(eventStore, 1, now, new Map(), input)).items.map(({ event, type }) => event || type);
  expect(await shown({ type: "identify" })).toEqual(["identify"]);
  expect(await shown({ event: "Signed Up" })).toEqual(["Signed Up"]);
  expect(await shown({ search: "TRIAL", type: "track" })).toEqual(["Signed Up"]);
  expect(await shown({ since: new Date(at(1) + 1).toISOString(), type: "track" })).not.toContain("Signed Up");
  expect(await shown({ search: "nothing has this" })).toEqual([]);
});

test("a trait has the values that it had, newest first", async () => {
  const history = await readTraitHistory(eventStore, 2, now, { trait: "email" });
  expect(history.map(({ value, timestamp }) => [value, timestamp])).toEqual([
    ["bob@example.com", new Date(at(61)).toISOString()],
    ["old@example.com", new Date(at(60)).toISOString()],
  ]);
});
