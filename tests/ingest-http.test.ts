import { deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { param, sql } from "@/server/event-store/sql";
import { openTestApp, type TestApp } from "./support/app";

const sourceShape = z.object({ id: z.string(), writeKey: z.string() });
const storedRow = z.strictObject({ type: z.string(), event: z.string(), profile: z.int() });

describe("the Segment HTTP API", () => {
  let app: TestApp;
  let source: z.infer<typeof sourceShape>;
  let next = 0;
  const user = () => `user-${next++}`;
  const basic = (key: string) => `Basic ${Buffer.from(key).toString("base64")}`;

  beforeAll(async () => {
    // One of the tests makes the store fail, which is logged.
    app = await openTestApp({ logLevel: "silent" });
    source = sourceShape.parse((await app.call("POST", "/api/sources", { name: "Web" })).body);
  });
  afterAll(() => app.close());

  async function post(path: string, body: BodyInit, headers: Record<string, string> = {}) {
    const response = await app.fetch(path, { method: "POST", body, headers });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }
  const send = (path: string, body: object) => post(path, JSON.stringify({ writeKey: source.writeKey, ...body }));
  const stored = (userId: string) =>
    app.services.eventStore.query(
      sql`SELECT type, event, profile FROM messages WHERE user_id = ${param.string(userId)} ORDER BY arrival`,
      storedRow,
    );
  async function refusals(): Promise<Record<string, number>> {
    const { body } = await app.call("GET", `/api/sources/${source.id}`);
    const shape = z.object({ rejections: z.array(z.object({ code: z.string(), count: z.int() })) });
    return Object.fromEntries(shape.parse(body).rejections.map(({ code, count }) => [code, count]));
  }

  test.each([
    ["track", "t", { event: "E" }, "E"],
    ["identify", "i", { traits: { plan: "trial" } }, ""],
    ["page", "p", { name: "Home" }, "Home"],
    ["screen", "s", { name: "Inbox" }, "Inbox"],
    ["group", "g", { groupId: "g" }, ""],
    ["alias", "a", { previousId: "before" }, ""],
  ])("%s, in full and as /v1/%s, is stored once it is answered", async (type, short, fields, event) => {
    const userId = user();
    expect(await send(`/v1/${type}`, { userId, ...fields })).toMatchObject({ status: 200, body: { success: true } });
    expect(await send(`/v1/${short}`, { userId, ...fields })).toMatchObject({ status: 200, body: { success: true } });
    const rows = await stored(userId);
    expect(rows).toEqual([1, 2].map(() => ({ type, event, profile: rows[0]?.profile })));
  });

  test.each(["/v1/batch", "/v1/b", "/v1/import"])("%s takes what is sound and names what is not", async (path) => {
    const userId = user();
    const before = await refusals();
    const batch = [{ type: "track", userId, event: "E" }, { type: "track", event: "E" }, 5, { type: "page", userId }];
    const { status, body } = await send(path, { batch });
    expect(status).toBe(200);
    expect(body).toEqual({
      success: true,
      rejected: [
        { index: 1, code: "missing_id", message: expect.any(String) },
        { index: 2, code: "not_an_object", message: expect.any(String) },
      ],
    });
    expect((await stored(userId)).map(({ type }) => type)).toEqual(["track", "page"]);
    const after = await refusals();
    expect((after.missing_id ?? 0) - (before.missing_id ?? 0)).toBe(1);
    expect((after.not_an_object ?? 0) - (before.not_an_object ?? 0)).toBe(1);
  });

  test("an empty batch is no error", async () => {
    expect(await send("/v1/batch", { batch: [] })).toMatchObject({ status: 200, body: { success: true } });
  });

  test("a messageId counts once for good, in a batch, in another one, and on another endpoint", async () => {
    const userId = user();
    const message = { type: "track", userId, event: "E", messageId: `once-${userId}` };
    await send("/v1/batch", { batch: [message, message] });
    await send("/v1/track", message);
    expect(await stored(userId)).toHaveLength(1);
  });

  test("messages past the limit of a batch are refused one by one", async () => {
    const userId = user();
    const batch = Array.from({ length: 2_502 }, () => ({ type: "track", userId, event: "E" }));
    const { body } = await send("/v1/batch", { batch });
    expect(body.rejected).toEqual([2_500, 2_501].map((index) => expect.objectContaining({ index, code: "too_many" })));
    expect(await stored(userId)).toHaveLength(2_500);
  });

  describe("whose a message is", () => {
    const track = (userId: string) => JSON.stringify({ userId, event: "E" });
    test.each([
      ["Basic", () => ({ authorization: basic(`${source.writeKey}:`) })],
      ["Basic without its colon", () => ({ authorization: basic(source.writeKey) })],
    ])("%s", async (_, headers) => {
      const userId = user();
      expect((await post("/v1/track", track(userId), headers())).status).toBe(200);
      expect(await stored(userId)).toHaveLength(1);
    });

    test("OAuth beside the key in the body", async () => {
      const body = JSON.stringify({ userId: user(), event: "E", writeKey: source.writeKey });
      expect((await post("/v1/track", body, { authorization: "Bearer x" })).status).toBe(200);
    });

    test.each([
      ["none", {}, {}],
      ["an unknown one as Basic", {}, { authorization: basic("nobody:") }],
      ["an unknown one in the body", { writeKey: "nobody" }, {}],
      ["no text", { writeKey: { a: 1 } }, {}],
      ["text that no store can hold", { writeKey: "a\0b" }, {}],
    ])("a key that opens nothing: %s", async (_, fields, headers) => {
      const userId = user();
      const answer = await post("/v1/track", JSON.stringify({ userId, event: "E", ...fields }), headers);
      expect(answer).toMatchObject({
        status: 401,
        body: {
          success: false,
          code: "unauthenticated",
          error: { code: "unauthenticated", message: expect.any(String) },
        },
      });
      expect(await stored(userId)).toEqual([]);
    });
  });

  describe("how a body may come", () => {
    const body = (userId: string) => JSON.stringify({ userId, event: "E", writeKey: source.writeKey });
    test.each([
      ["as text", { "content-type": "text/plain" }, (text: string) => text],
      ["gzip", { "content-encoding": "gzip", "content-type": "application/json" }, (text: string) => gzipSync(text)],
      [
        "gzip under another type",
        { "content-encoding": "gzip", "content-type": "application/x-www-form-urlencoded" },
        (text: string) => gzipSync(text),
      ],
      ["gzip that is not told", { "content-type": "text/plain" }, (text: string) => gzipSync(text)],
      ["told as gzip, but plain", { "content-encoding": "gzip" }, (text: string) => text],
      ["deflate", { "content-encoding": "deflate" }, (text: string) => deflateSync(text)],
      ["with a byte order mark", {}, (text: string) => `\uFEFF${text}`],
    ])("%s", async (_, headers, encode) => {
      const userId = user();
      expect((await post("/v1/track", encode(body(userId)), headers)).status).toBe(200);
      expect(await stored(userId)).toHaveLength(1);
    });

    test.each([
      ["malformed", '{"userId":', 400, "invalid"],
      ["empty", "", 400, "invalid"],
      ["no object", "[]", 400, "invalid"],
      ["damaged gzip", gzipSync("x".repeat(100)).subarray(0, 20), 400, "invalid"],
      [
        "too large",
        JSON.stringify({ userId: "u", event: "E", properties: { text: "x".repeat(40_000) } }),
        413,
        "too_large",
      ],
      ["too large once unpacked", gzipSync(Buffer.alloc(50_000_000, 32)), 413, "too_large"],
    ])("%s is refused and counted", async (_, sent, status, code) => {
      const before = Object.values(await refusals()).reduce((sum, count) => sum + count, 0);
      const answer = await post("/v1/track", sent, { authorization: basic(`${source.writeKey}:`) });
      expect(answer).toMatchObject({ status, body: { error: { code } } });
      expect(Object.values(await refusals()).reduce((sum, count) => sum + count, 0)).toBe(before + 1);
    });

    test("a batch may be larger than a message, to its own limit", async () => {
      const message = { type: "track", userId: user(), event: "E", properties: { text: "x".repeat(30_000) } };
      expect((await send("/v1/batch", { batch: Array(16).fill(message) })).status).toBe(200);
      expect((await send("/v1/batch", { batch: Array(18).fill(message) })).status).toBe(413);
    });
  });

  test.each([
    ["/v1/track", { event: "E" }, "userId"],
    ["/v1/track", { userId: "u" }, "event"],
    ["/v1/identify", { userId: "u", traits: 5 }, "traits"],
    ["/v1/batch", {}, "batch"],
    ["/v1/batch", { batch: [], context: 5 }, "context"],
  ])("%s says where the fault is", async (path, fields, at) => {
    expect(await send(path, fields)).toMatchObject({ status: 400, body: { error: { code: "invalid", path: at } } });
  });

  test("browsers may send from anywhere", async () => {
    const asked = await app.fetch("/v1/t", {
      method: "OPTIONS",
      headers: {
        origin: "https://shop.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type,x-retry-count",
      },
    });
    expect(asked.status).toBe(204);
    expect(asked.headers.get("access-control-allow-origin")).toBe("*");
    expect(asked.headers.get("access-control-allow-headers")?.toLowerCase()).toContain("x-retry-count");
    expect(Number(asked.headers.get("access-control-max-age"))).toBeGreaterThan(3_600);
    for (const key of [source.writeKey, "nobody"]) {
      const body = JSON.stringify({ userId: user(), event: "E", writeKey: key });
      const { headers } = await post("/v1/t", body, { origin: "https://shop.example" });
      expect(headers.get("access-control-allow-origin")).toBe("*");
      expect(headers.get("access-control-expose-headers")).toContain("Retry-After");
    }
    expect(
      (await app.fetch("/api/session", { headers: { origin: "https://shop.example" } })).headers.get(
        "access-control-allow-origin",
      ),
    ).toBeNull();
  });

  test("the settings keep an SDK with this server, and are whole or not there", async () => {
    const answer = await app.fetch(`/v1/projects/${source.writeKey}/settings`, {
      headers: { host: "events.example:8080" },
    });
    expect(await answer.json()).toMatchObject({
      integrations: { "Segment.io": { apiKey: source.writeKey, apiHost: "events.example:8080/v1", protocol: "http" } },
    });
    expect((await app.fetch("/v1/projects/nobody/settings")).status).toBe(404);
  });

  test("an SDK's own counters are taken and dropped; other methods and paths are refused", async () => {
    expect((await post("/v1/m", '{"series":[]}', { "content-type": "text/plain" })).status).toBe(200);
    const wrong = await app.fetch("/v1/track");
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
    expect((await post("/v1/nothing", "{}")).status).toBe(404);
  });

  test("a store that fails is told as 503 with the time to wait", async () => {
    await app.services.eventStore.command(sql`RENAME TABLE identities TO elsewhere`);
    const userId = user();
    const answer = await send("/v1/batch", { batch: [{ type: "track", userId, event: "E" }] });
    await app.services.eventStore.command(sql`RENAME TABLE elsewhere TO identities`);
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "1"]);
  });
});
