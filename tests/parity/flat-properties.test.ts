import { afterAll, beforeAll, expect, test } from "vitest";
import { type AudienceTree, audienceDefinition } from "@/core/audience/definition";
import { evaluate } from "@/core/audience/evaluate";
import { parseJsonObject } from "@/core/event/json";
import type { JsonObject } from "@/core/event/message";
import { compileAudience } from "@/server/audiences/compile/compile";
import { readSets } from "@/server/audiences/compile/set-reader";
import { jsonText } from "@/server/ingest/json-text";
import { openTestEventStore, type TestEventStore } from "@/tests/support/event-store";
import type { NumberedPerson } from "./histories";
import { loadPeople } from "./load";

/** Objects whose text could mislead who looks for a key in it, beside plain ones. */
const objects: JsonObject[] = [
  {},
  { a: "x" },
  { a: "X y", b: 1 },
  { b: "x", a: null },
  { b: { a: "x" } },
  { b: { a: "x" }, a: "z" },
  { b: [{ a: "x" }], a: ["x", "y"] },
  { b: '"a":"x"' },
  { b: "a", c: ':"x"' },
  { 'b"a': "x" },
  { aa: "x", "a a": "x" },
  { a: "{", b: "x" },
  { a: "[x]" },
  { a: "x}", b: ",x" },
  { a: "\\x", b: 2 },
  { a: 'x"' },
  { a: "é\u2028", b: "\u2029" },
  { a: "\u2028", b: [1] },
  { a: 1 },
  { a: 1.5, b: [] },
  { a: -0.25 },
  { a: "1" },
  { a: "1.50" },
  { a: 1e21 },
  { a: 1e21, b: [] },
  { a: 1.5e300 },
  { a: 5e-7 },
  { a: 5e-7, b: {} },
  { a: 2 ** 63 },
  { a: true },
  { a: "true" },
  { a: "" },
  { "a.b": "x" },
  { "a.b": "x", a: { b: "y" } },
  { a: { b: "x" } },
  { a: "2026-11-01" },
];

const now = Date.UTC(2026, 10, 23);
const people = objects.map(
  (properties, index): NumberedPerson => ({
    profile: index + 1,
    userId: `u${index}`,
    anonymousIds: [],
    messages: [0, 1].map((nth) => ({
      messageId: `m${index}-${nth}`,
      type: "track",
      event: "Done",
      timestamp: now - 1_000 + nth,
      arrival: 2 * index + nth,
      // Every person's second event is a plain one.
      properties: parseJsonObject(jsonText(nth === 0 ? properties : { a: "w" })),
      context: {},
    })),
  }),
);

let eventStore: TestEventStore;
beforeAll(async () => {
  eventStore = await openTestEventStore();
  await loadPeople(eventStore, people);
});
afterAll(() => eventStore.close());

const paths = ["a", "b", "a.b", "aa", 'b"a', "a a", "a:"];
const texts = ["x", "X", "x}", "{", "[x]", '"', ":", "a", "\u2028", "true", "1", "é"];

const filters = paths.flatMap((property) => [
  ...texts.flatMap((value) =>
    (["equals", "not_equals", "contains", "starts_with", "ends_with"] as const).map((op) => ({ property, op, value })),
  ),
  { property, op: "equals", value: 1 },
  { property, op: "equals", value: true },
  { property, op: "equals", value: 1e21 },
  { property, op: "equals_any", value: ["x", 1.5, "\u2028"] },
  { property, op: "equals_none", value: ["x", true] },
  { property, op: "exists" },
  { property, op: "not_exists" },
  { property, op: "gt", value: 0 },
  { property, op: "lte", value: 1.5 },
  { property, op: "between", value: [-1, 1e22] },
  { property, op: "after", value: "2026-10-31" },
]);

const conditions = [
  ...filters.map((filter) => ({ kind: "event", event: "Done", where: [filter] })),
  ...filters
    .filter((_, index) => index % 5 === 0)
    .map((filter) => ({
      kind: "event",
      event: "Done",
      where: [filter, { property: "a", op: "exists" }],
      count: { op: "exactly", value: 1 },
    })),
  ...["a", "b"].flatMap((property) => [
    ...["sum", "avg", "min", "max"].flatMap((fn) =>
      [0, 1.5, 1e20].map((value) => ({ kind: "event", event: "Done", aggregate: { fn, property, op: "gt", value } })),
    ),
    { kind: "event", event: "Done", aggregate: { fn: "distinct", property, op: "eq", value: 2 } },
  ]),
];

test("flat properties mean the same as all others", async () => {
  const definitions = conditions.map((root) => audienceDefinition.parse({ version: 1, root }));
  const context = { timeZone: "UTC", audiences: new Map() };
  for (let start = 0; start < definitions.length; start += 50) {
    const some = definitions.slice(start, start + 50);
    const found = await readSets(
      eventStore,
      some.map((definition) => compileAudience(definition, { ...context, now }).members),
    );
    for (const [index, definition] of some.entries()) {
      const expected = people.filter((person) => evaluate(definition, person, now, context));
      expect([...(found[index]?.numbers() ?? [])], JSON.stringify(definition.root)).toEqual(
        expected.map(({ profile }) => profile),
      );
    }
  }
});

test("a value is the same value in flat properties and in others", async () => {
  const twice = objects.flatMap((object, index): NumberedPerson[] => {
    const other = { ...object, zz: [] };
    const profile = 1_000 + index;
    const messages = [object, other].map((properties, nth) => ({
      messageId: `t${index}-${nth}`,
      type: "track" as const,
      event: "Twice",
      timestamp: now - 500 + nth,
      arrival: 10_000 + 2 * index + nth,
      properties: parseJsonObject(jsonText(properties)),
      context: {},
    }));
    return [{ profile, userId: `t${index}`, anonymousIds: [], messages }];
  });
  await loadPeople(eventStore, twice);
  const root: AudienceTree = {
    kind: "event",
    event: "Twice",
    aggregate: { fn: "distinct", property: "a", op: "eq", value: 1 },
  };
  const context = { timeZone: "UTC", audiences: new Map() };
  const [found] = await readSets(eventStore, [compileAudience({ version: 1, root }, { ...context, now }).members]);
  const expected = twice.filter((person) => evaluate({ version: 1, root }, person, now, context));
  expect([...(found?.numbers() ?? [])]).toEqual(expected.map(({ profile }) => profile));
});
