import { describe, expect, test } from "vitest";
import { Refusal } from "@/core/event/refusal";
import { testEnvelope, testReceivedAt } from "@/tests/support/messages";
import type { Envelope, Message } from "./message";
import { normalize } from "./normalize";

function accepted(raw: unknown, change: Partial<Envelope> = {}): Message {
  const message = normalize(raw, undefined, testEnvelope(change), 0);
  if (message instanceof Refusal) throw new Error(`${message.code}: ${message.message}`);
  return message;
}

const track = { type: "track", userId: "u", event: "E" };
const at = (milliseconds: number) => new Date(milliseconds).toISOString();

describe("what is taken", () => {
  test.each([
    [
      "identify",
      { type: "identify", userId: "u", traits: { plan: "trial" } },
      { event: "", properties: '{"plan":"trial"}' },
    ],
    ["track", { ...track, properties: { a: 1 } }, { event: "E", properties: '{"a":1}' }],
    [
      "page",
      { type: "page", userId: "u", name: "Home", category: "Docs" },
      { event: "Home", extra: '{"category":"Docs"}' },
    ],
    ["page named in its properties", { type: "page", userId: "u", properties: { name: "Home" } }, { event: "Home" }],
    ["page without a name", { type: "page", userId: "u", name: null }, { event: "" }],
    ["screen", { type: "screen", userId: "u", name: "Inbox" }, { event: "Inbox" }],
    [
      "group",
      { type: "group", userId: "u", groupId: 7, traits: { seats: 3 } },
      { extra: '{"groupId":"7"}', properties: '{"seats":3}' },
    ],
    ["alias", { type: "alias", userId: "u", previousId: "a" }, { extra: '{"previousId":"a"}', properties: "{}" }],
    ["an anonymous message", { ...track, userId: null, anonymousId: "a" }, { userId: "", anonymousId: "a" }],
    ["ids that are numbers", { ...track, userId: 12, messageId: 34 }, { userId: "12", messageId: "34" }],
    ["a message without an id", track, { messageId: "assigned-0" }],
    ["absent properties", { ...track, properties: null, context: null }, { properties: "{}", context: "{}" }],
    [
      "half a surrogate pair",
      { ...track, userId: "a\ud800", properties: { "k\udc00": ["\ud800"] } },
      { userId: "a\ufffd", properties: '{"k\ufffd":["\ufffd"]}' },
    ],
    [
      "text that only looks like half a pair",
      { ...track, properties: { a: "\\ud800" } },
      { properties: '{"a":"\\\\ud800"}' },
    ],
    [
      "a key that is no ordinary one",
      JSON.parse('{"type":"track","userId":"u","event":"E","__proto__":{"a":1},"properties":{"__proto__":2}}'),
      { extra: '{"__proto__":{"a":1}}', properties: '{"__proto__":2}' },
    ],
  ])("%s", (_, raw, expected) => {
    expect(accepted(raw)).toMatchObject(expected);
  });

  test("a batch's context and integrations stand under those of each message", () => {
    const message = accepted(
      { ...track, context: { app: { name: "own" } }, integrations: { Braze: false } },
      { context: { app: { name: "shared", build: 1 }, locale: "en" }, integrations: { All: true, Braze: true } },
    );
    expect(JSON.parse(message.context)).toEqual({ app: { name: "own" }, locale: "en" });
    expect(JSON.parse(message.extra)).toEqual({ integrations: { All: true, Braze: false } });
  });
});

describe("what is refused", () => {
  let deep: unknown = 1;
  for (let level = 0; level < 5_000; level++) deep = { deep };
  test.each([
    ["not_an_object", "text"],
    ["not_an_object", null],
    ["not_an_object", [track]],
    ["unknown_type", { ...track, type: "purchase" }],
    ["unknown_type", { userId: "u", event: "E" }],
    ["missing_id", { type: "track", event: "E", userId: "", anonymousId: null }],
    ["invalid_id", { ...track, userId: { id: 1 } }],
    ["invalid_id", { ...track, userId: true }],
    ["invalid_id", { ...track, anonymousId: "x".repeat(1_001) }],
    ["missing_event", { type: "track", userId: "u" }],
    ["missing_event", { type: "track", userId: "u", event: "" }],
    ["invalid_event", { type: "track", userId: "u", event: 5 }],
    ["invalid_event", { type: "track", userId: "u", event: "x".repeat(1_001) }],
    ["missing_group_id", { type: "group", userId: "u", groupId: "" }],
    ["missing_previous_id", { type: "alias", userId: "u" }],
    ["invalid_properties", { ...track, properties: [1] }],
    ["invalid_properties", { type: "identify", userId: "u", traits: "trial" }],
    ["invalid_context", { ...track, context: "web" }],
    ["invalid_message_id", { ...track, messageId: "x".repeat(101) }],
    ["invalid_message_id", { ...track, messageId: {} }],
    ["invalid_timestamp", { ...track, timestamp: "yesterday" }],
    ["invalid_timestamp", { ...track, timestamp: "2026-02-30T00:00:00Z" }],
    ["invalid_timestamp", { ...track, timestamp: "1969-12-31T23:59:59Z" }],
    ["invalid_timestamp", { ...track, timestamp: "2262-01-01T00:00:00Z" }],
    ["invalid_timestamp", { ...track, timestamp: {} }],
    ["too_deep", { ...track, properties: { deep } }],
    ["too_large", { ...track, properties: { text: "é".repeat(17_000) } }],
  ])("%s %#", (code, raw) => {
    expect(normalize(raw, undefined, testEnvelope(), 0)).toMatchObject({ code, message: expect.stringMatching(/\.$/) });
  });

  test("an endpoint says the type, whatever the message says", () => {
    expect(normalize({ ...track, type: "page" }, "track", testEnvelope(), 0)).toMatchObject({
      type: "track",
      event: "E",
    });
  });
});

describe("when a message happened", () => {
  const hour = 3_600_000;
  test.each([
    ["now, without a time", {}, {}, testReceivedAt],
    ["as told, without sentAt", { timestamp: at(testReceivedAt - hour) }, {}, testReceivedAt - hour],
    ["in the future, without sentAt", { timestamp: at(testReceivedAt + hour) }, {}, testReceivedAt + hour],
    [
      "moved by a clock that is fast",
      { timestamp: at(testReceivedAt + hour - 5_000) },
      { sentAt: at(testReceivedAt + hour) },
      testReceivedAt - 5_000,
    ],
    ["moved by a clock that is slow", { timestamp: at(1_000) }, { sentAt: at(6_000) }, testReceivedAt - 5_000],
    [
      "of history that is sent now",
      { timestamp: "2015-01-01T00:00:00.000Z" },
      { sentAt: at(testReceivedAt - 20) },
      Date.parse("2015-01-01T00:00:00.020Z"),
    ],
    [
      "never later than it came, sent before it happened",
      { timestamp: at(testReceivedAt + hour) },
      { sentAt: at(testReceivedAt) },
      testReceivedAt,
    ],
    [
      "by the message's own sentAt first",
      { timestamp: at(0), sentAt: at(1_000) },
      { sentAt: at(9_000) },
      testReceivedAt - 1_000,
    ],
    ["by originalTimestamp", { originalTimestamp: at(0) }, { sentAt: at(1_000) }, testReceivedAt - 1_000],
    [
      "as corrected before, where both times are there",
      { timestamp: at(5_000), originalTimestamp: at(1_000) },
      { sentAt: at(2_000) },
      5_000,
    ],
    ["as told, where sentAt cannot be read", { timestamp: at(5_000) }, { sentAt: "soon" }, 5_000],
    ["as told, in a file", { timestamp: at(5_000) }, { sentAt: at(6_000), trustTimestamps: true }, 5_000],
    ["by seconds", { timestamp: 1_700_000_000 }, {}, 1_700_000_000_000],
    ["by milliseconds as text", { timestamp: "1700000000123" }, {}, 1_700_000_000_123],
    ["in UTC, without an offset", { timestamp: "2026-01-02 03:04:05" }, {}, Date.parse("2026-01-02T03:04:05Z")],
    [
      "with an offset and more digits than are kept",
      { timestamp: "2026-01-02T03:04:05.678901+02:00" },
      {},
      Date.parse("2026-01-02T01:04:05.678Z"),
    ],
  ])("%s", (_, fields, change, expected) => {
    expect(at(accepted({ ...track, ...fields }, change).timestamp)).toBe(at(expected));
  });

  test("all four times are kept", () => {
    const message = accepted({ ...track, timestamp: at(1_000) }, { sentAt: at(6_000) });
    expect(message).toMatchObject({ originalTimestamp: 1_000, sentAt: 6_000, receivedAt: testReceivedAt });
  });
});
