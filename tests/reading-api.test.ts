import { afterAll, beforeAll, expect, test } from "vitest";
import { listEvents, listPropertyValues, listTraits, listTraitValues } from "@/core/api/catalogue";
import { getProfile, listMessages, listProfiles } from "@/core/api/profiles";
import { errorAnswer } from "@/core/api/shared";
import { getOverview } from "@/core/api/workspace";
import { keep, keptRow } from "@/server/ingest/kept-message";
import { openTestApp, type TestApp } from "@/tests/support/app";
import { storeIdentities, storeMessages } from "@/tests/support/stored-people";

const day = 86_400_000;
let app: TestApp;
let now: number;
let source: string;

beforeAll(async () => {
  app = await openTestApp();
  const { metadata, eventStore } = app.services;
  source = (await metadata.source.create({ data: { name: "Website" } })).id;
  now = Date.now();
  await storeIdentities(eventStore, [1, 2]);
  await storeIdentities(eventStore, [3], false);
  await storeMessages(eventStore, [
    { profile: 1, timestamp: now - 3 * day, event: "Signed Up", source, properties: { plan: "trial" } },
    { profile: 1, timestamp: now - 2 * day, type: "identify", source, properties: { plan: "pro" } },
    { profile: 2, timestamp: now - day, event: "Signed Up", source },
    { profile: 3, timestamp: now - day / 2, type: "page", event: "Home", source },
    { profile: 2, timestamp: now + day, event: "Still To Come", source },
    { profile: 9, timestamp: now - 1, event: "Of The Dead", source },
  ]);
  await eventStore.insert("profile_merges", [{ profile: 9, into: 1, arrival: 900, merged_at: now }]);
  const bad = { verdict: "refused", code: "unknown_type", message: "Bad", receivedAt: now } as const;
  await eventStore.insert("kept_messages", [keptRow(source, keep({ ...bad, raw: {}, around: {} }))]);
});
afterAll(() => app.close());

test("the overview counts what is here now", async () => {
  const { status, body } = await app.call("GET", "/api/overview?days=7");
  expect(status).toBe(200);
  const overview = getOverview.answer.parse(body);
  expect(overview).toMatchObject({
    people: 2,
    anonymous: 1,
    messages: 4,
    lastEvent: { event: "Home", type: "page", timestamp: new Date(now - day / 2).toISOString() },
    sources: [
      { id: source, name: "Website", messages: 4, rejected: 1, lastReceivedAt: new Date(now - day / 2).toISOString() },
    ],
    audiences: 0,
    funnels: 0,
  });
  expect(overview.eventsByDay).toHaveLength(7);
  expect(overview.eventsByDay.at(-1)?.day).toBe(overview.asOf.slice(0, 10));
  expect(overview.eventsByDay.reduce((sum, { events }) => sum + events, 0)).toBe(3);
  expect(overview.eventsByDay.reduce((sum, { newPeople }) => sum + newPeople, 0)).toBe(2);
});

test("a person is shown with the audiences that they are in now", async () => {
  const definition = (plan: string) => ({
    version: 1,
    root: { kind: "trait", trait: "plan", op: "equals", value: plan },
  });
  const made = await app.call("POST", "/api/audiences", { name: "On pro", definition: definition("pro") });
  expect(made.status).toBe(201);
  await app.call("POST", "/api/audiences", { name: "On trial", definition: definition("trial") });
  const profile = getProfile.answer.parse((await app.call("GET", "/api/profiles/p9")).body);
  expect(profile).toMatchObject({
    id: "p1",
    userId: "user-1",
    traits: { plan: "pro" },
    audiences: [{ name: "On pro" }],
  });
  expect((await app.call("GET", "/api/profiles/p77")).status).toBe(404);
});

test("people and their messages come page by page", async () => {
  const first = listProfiles.answer.parse((await app.call("GET", "/api/profiles?limit=2")).body);
  expect(first.items.map(({ id }) => id)).toEqual(["p3", "p2"]);
  const next = listProfiles.answer.parse(
    (await app.call("GET", `/api/profiles?limit=2&cursor=${first.nextCursor}`)).body,
  );
  expect([next.items.map(({ id }) => id), next.nextCursor]).toEqual([["p1"], null]);
  const known = listProfiles.answer.parse((await app.call("GET", "/api/profiles?includeAnonymous=false")).body);
  expect(known.items.map(({ id }) => id)).toEqual(["p2", "p1"]);
  const messages = listMessages.answer.parse((await app.call("GET", "/api/profiles/p1/messages")).body);
  expect(messages.items.map(({ type, source: { name } }) => [type, name])).toEqual([
    ["identify", "Website"],
    ["track", "Website"],
  ]);
  expect((await app.call("GET", "/api/profiles/p77/messages")).status).toBe(404);
});

test("the catalogue is served whole", async () => {
  const events = listEvents.answer.parse((await app.call("GET", "/api/events")).body);
  expect(events.items.map(({ event, people, count }) => [event, people, count])).toEqual([
    ["Signed Up", 2, 2],
    ["Home", 1, 1],
  ]);
  const traits = listTraits.answer.parse((await app.call("GET", "/api/traits")).body);
  expect(traits.items).toEqual([{ name: "plan", types: ["text"], examples: ["pro"], people: 1 }]);
  const values = listTraitValues.answer.parse((await app.call("GET", "/api/trait-values?trait=plan")).body);
  expect(values.items).toEqual([{ value: "pro", people: 1 }]);
  const query = "/api/property-values?event=Signed%20Up&property=plan";
  const found = listPropertyValues.answer.parse((await app.call("GET", query)).body);
  expect(found.items).toEqual([{ value: "trial", people: 1 }]);
});

test.each([
  ["/api/profiles?cursor=x", "cursor"],
  ["/api/profiles?limit=0", "limit"],
  ["/api/profiles/p1/messages?cursor=1", "cursor"],
  ["/api/property-values?property=a&context=b", "context"],
  ["/api/trait-values", "trait"],
  ["/api/overview?days=400", "days"],
])("%s is refused by name", async (path, where) => {
  const { status, body } = await app.call("GET", path);
  expect(status).toBe(400);
  expect(errorAnswer.parse(body).error).toMatchObject({ code: "invalid", path: where });
});
