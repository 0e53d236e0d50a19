import { expect, test } from "vitest";
import { chosenFields, forwardingChoices } from "./forwarding";

const message = () => ({
  properties: { plan: "trial", card: { number: "4242", brand: "visa" }, tags: ["a"] },
  context: { ip: "10.1.2.3", page: { url: "/pricing", title: "Pricing" } },
});

test("fields that are dropped are gone, and the message itself stays as it is", () => {
  const given = message();
  const left = chosenFields(given, { drop: ["properties.card.number", "context.ip", "properties.none.at.all"] });
  expect(left).toEqual({
    properties: { plan: "trial", card: { brand: "visa" }, tags: ["a"] },
    context: { page: { url: "/pricing", title: "Pricing" } },
  });
  expect(given).toEqual(message());
  expect(chosenFields(message(), { drop: ["context"] })).toEqual({ ...message(), context: {} });
});

test("fields that are kept are all that is left", () => {
  const keep = [
    "properties.card.brand",
    "properties.tags",
    "context.page.url",
    "properties.none",
    "properties.card.none",
  ];
  expect(chosenFields(message(), { keep })).toEqual({
    properties: { card: { brand: "visa" }, tags: ["a"] },
    context: { page: { url: "/pricing" } },
  });
  expect(chosenFields(message(), { keep: ["properties.card.brand", "properties.card"] })).toEqual({
    properties: { card: message().properties.card },
    context: {},
  });
  expect(chosenFields(message(), { keep: ["properties"] })).toEqual({ ...message(), context: {} });
});

test("a key that JavaScript takes for a prototype is a key like any other", () => {
  const properties = JSON.parse('{"__proto__": {"a": 1}, "b": 2}');
  expect(JSON.stringify(chosenFields({ properties, context: {} }, { keep: ["properties.__proto__.a"] }))).toBe(
    '{"properties":{"__proto__":{"a":1}},"context":{}}',
  );
});

test("choices have defaults, and paths must begin with what they are of", () => {
  expect(forwardingChoices.parse({})).toEqual({
    types: ["track"],
    events: null,
    fields: null,
    samplePercent: 100,
    audienceId: null,
    newerThanHours: 72,
  });
  expect(forwardingChoices.safeParse({ fields: { drop: ["card"] } }).success).toBe(false);
  expect(forwardingChoices.safeParse({ samplePercent: 0 }).success).toBe(false);
});
