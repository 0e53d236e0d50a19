import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestEventStore, type TestEventStore } from "@/tests/support/event-store";
import { storeIdentities, storeMessages } from "@/tests/support/stored-people";
import { EventCatalogue } from "./event-catalogue";
import { readPropertyValues } from "./property-values";
import { readTraits, readTraitValues } from "./traits";

const day = 86_400_000;
/** 21:00 in New York, where the clocks changed on 8 March 2026. */
const now = Date.UTC(2026, 2, 21, 1);

let eventStore: TestEventStore;
let catalogue: EventCatalogue;
beforeAll(async () => {
  eventStore = await openTestEventStore();
  catalogue = new EventCatalogue(eventStore);
  await storeIdentities(eventStore, [1, 2, 3]);
  await storeMessages(eventStore, [
    {
      profile: 1,
      timestamp: now - day,
      event: "Bought",
      properties: { price: 5, plan: { name: "trial" }, "a.b": null },
    },
    {
      profile: 1,
      timestamp: now,
      event: "Bought",
      properties: { price: "12", tags: ["x", "y"], lines: [{ sku: "s1" }, { sku: "s2" }] },
    },
    {
      profile: 2,
      timestamp: now - 40 * day,
      event: "Bought",
      properties: { plan: { name: "trial" }, at: "2026-01-01T00:00:00Z", none: {} },
    },
    { profile: 2, timestamp: now - 2, event: "Bought", type: "page", context: { page: { path: "/pay" } } },
    { profile: 2, timestamp: now + 1, event: "Still To Come" },
    { profile: 9, timestamp: now - 1, event: "Of The Dead", properties: { plan: { name: "dead" } } },
    {
      profile: 1,
      timestamp: now - 9,
      type: "identify",
      properties: { plan: "trial", tags: ["x"], company: { size: 10 } },
    },
    { profile: 1, timestamp: now - 8, type: "identify", properties: { plan: "pro", tags: ["x", "Y"], empty: "" } },
    { profile: 2, timestamp: now - 8, type: "identify", properties: { plan: "pro", gone: null } },
    { profile: 3, timestamp: now - 8, type: "identify", properties: { plan: 7, "company.size": 12 } },
    { profile: 9, timestamp: now - 8, type: "identify", properties: { plan: "dead", dead: true } },
  ]);
  await eventStore.insert("profile_merges", [{ profile: 9, into: 1, arrival: 900, merged_at: now }]);
});
afterAll(() => eventStore.close());

test("events are told with people, counts, days of the zone and properties", async () => {
  const events = await catalogue.list(now, "America/New_York");
  expect(events.map(({ type, event, people, count }) => [type, event, people, count])).toEqual([
    ["track", "Bought", 2, 3],
    ["page", "Bought", 1, 1],
  ]);
  const [bought] = events;
  expect(bought?.firstSeen).toBe(new Date(now - 40 * day).toISOString());
  expect(bought?.lastSeen).toBe(new Date(now).toISOString());
  expect(bought?.daily).toEqual([...Array.from({ length: 28 }, () => 0), 1, 1]);
  expect(bought?.properties).toEqual([
    { name: "a.b", types: ["null"], examples: [] },
    { name: "at", types: ["date"], examples: ["2026-01-01T00:00:00Z"] },
    { name: "lines", types: ["list"], examples: [] },
    { name: "lines.sku", types: ["text"], examples: expect.arrayContaining(["s1", "s2"]) },
    { name: "none", types: ["object"], examples: [] },
    { name: "plan.name", types: ["text"], examples: ["trial"] },
    { name: "price", types: ["number", "text"], examples: expect.arrayContaining([5, "12"]) },
    { name: "tags", types: ["list"], examples: ["x", "y"] },
  ]);
});

test("days are those of the zone, also across a change of the clocks", async () => {
  await storeMessages(eventStore, [
    // The last millisecond of 7 March in New York, and the first of the 8th; then the same of the 9th, an hour less away.
    { profile: 3, timestamp: Date.UTC(2026, 2, 8, 5) - 1, event: "Clocks" },
    { profile: 3, timestamp: Date.UTC(2026, 2, 8, 5), event: "Clocks" },
    { profile: 3, timestamp: Date.UTC(2026, 2, 9, 4) - 1, event: "Clocks" },
    { profile: 3, timestamp: Date.UTC(2026, 2, 9, 4), event: "Clocks" },
  ]);
  const clocks = (await catalogue.list(now, "America/New_York")).find(({ event }) => event === "Clocks");
  // The last of the thirty days is the 20th.
  expect(clocks?.daily.slice(16, 20)).toEqual([1, 2, 1, 0]);
  const inUtc = (await catalogue.list(now, "UTC")).find(({ event }) => event === "Clocks");
  expect(inUtc?.daily.slice(15, 20)).toEqual([0, 2, 2, 0, 0]);
});

test("what has just come is there at the next asking", async () => {
  await storeMessages(eventStore, [
    { profile: 1, timestamp: now, event: "Brand New" },
    { profile: 3, timestamp: now, event: "Clocks", properties: { fresh: 1 } },
  ]);
  const events = await catalogue.list(now, "UTC");
  expect(events.find(({ event }) => event === "Brand New")).toMatchObject({ people: 1, count: 1 });
  expect(events.find(({ event }) => event === "Clocks")).toMatchObject({ count: 5, properties: [{ name: "fresh" }] });
});

test("an event still to come is there when its moment has come", async () => {
  const later = await catalogue.list(now + 61_000, "UTC");
  expect(later.find(({ event }) => event === "Still To Come")).toMatchObject({ people: 1, count: 1 });
});

test("traits are told with people, types and examples", async () => {
  const traits = await readTraits(eventStore, now);
  expect(traits.map(({ name, people, types }) => [name, people, types])).toEqual([
    ["plan", 3, ["number", "text"]],
    ["company.size", 1, ["number"]],
    ["empty", 1, ["text"]],
    ["gone", 1, ["null"]],
    ["tags", 1, ["list"]],
  ]);
});

test("frequent values of a trait are those that hold now", async () => {
  expect(await readTraitValues(eventStore, now, { trait: "plan" })).toEqual([
    { value: "pro", people: 2 },
    { value: 7, people: 1 },
  ]);
  expect(await readTraitValues(eventStore, now, { trait: "tags" })).toEqual([
    { value: "Y", people: 1 },
    { value: "x", people: 1 },
  ]);
  expect(await readTraitValues(eventStore, now, { trait: "tags", search: "y" })).toEqual([{ value: "Y", people: 1 }]);
  expect(await readTraitValues(eventStore, now, { trait: "empty" })).toEqual([]);
  expect(await readTraitValues(eventStore, now, { trait: "company.size" })).toEqual(
    expect.arrayContaining([{ value: 12, people: 1 }]),
  );
});

test("frequent values of a property or a context path", async () => {
  expect(await readPropertyValues(eventStore, now, { event: "Bought", property: "plan.name" })).toEqual([
    { value: "trial", people: 2 },
  ]);
  expect(await readPropertyValues(eventStore, now, { property: "lines.sku" })).toEqual([
    { value: "s1", people: 1 },
    { value: "s2", people: 1 },
  ]);
  expect(await readPropertyValues(eventStore, now, { property: "tags", search: "X" })).toEqual([
    { value: "x", people: 1 },
  ]);
  expect(await readPropertyValues(eventStore, now, { event: "Bought", type: "page", context: "page.path" })).toEqual([
    { value: "/pay", people: 1 },
  ]);
  await expect(readPropertyValues(eventStore, now, {})).rejects.toMatchObject({ code: "invalid", path: "property" });
  expect(await readPropertyValues(eventStore, now, { property: "it's \\ '" })).toEqual([]);
});
