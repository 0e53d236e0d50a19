import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { createSource, getSource, sourceProperties, sourceSchema } from "@/core/api/sources";
import { openTestApp, type TestApp } from "./support/app";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

async function make(settings: object = {}) {
  const { status, body } = await app.call("POST", "/api/sources", { name: "Website", ...settings });
  expect(status, JSON.stringify(body)).toBe(201);
  return createSource.answer.parse(body);
}

let next = 0;
const track = (event = "Visited") => ({ type: "track", userId: "ada", event, messageId: `m${next++}` });

/** Sends a batch, the key in the header as SDKs of servers do, or in the body as browsers do. */
function send(key: string, messages = 1, place: "header" | "body" = "header") {
  const batch = Array.from({ length: messages }, () => track());
  const headers: Record<string, string> = place === "header" ? { authorization: `Basic ${btoa(`${key}:`)}` } : {};
  const body = JSON.stringify({ batch, ...(place === "body" ? { writeKey: key } : {}) });
  return app.fetch("/v1/batch", { method: "POST", headers, body });
}

const statusOf = async (answer: Promise<Response>) => (await answer).status;

async function read(id: string) {
  return getSource.answer.parse((await app.call("GET", `/api/sources/${id}`)).body);
}

describe("write keys", () => {
  test("are replaced while the old one still opens, until a time that is shown, and end at once when revoked", async () => {
    const before = await make();
    const old = before.writeKey;
    expect(before.keys).toMatchObject([{ key: old, endsAt: null }]);
    const { body } = await app.call("POST", `/api/sources/${before.id}/keys`, { overlapMinutes: 60 });
    const rotated = createSource.answer.parse(body);
    expect(rotated.writeKey).not.toBe(old);
    const ends = rotated.keys.find(({ key }) => key === old)?.endsAt ?? "";
    expect(Math.abs(Date.parse(ends) - Date.now() - 3_600_000)).toBeLessThan(60_000);
    for (const { key } of rotated.keys) expect(await statusOf(send(key))).toBe(200);

    expect((await app.call("DELETE", `/api/sources/${before.id}/keys/${rotated.writeKey}`)).status).toBe(409);
    expect((await app.call("DELETE", `/api/sources/${before.id}/keys/${old}`)).status).toBe(200);
    expect(await statusOf(send(old))).toBe(401);
    expect(await statusOf(send(rotated.writeKey))).toBe(200);
    expect((await app.call("DELETE", `/api/sources/${before.id}/keys/${old}`)).status).toBe(404);
    expect((await read(before.id)).messages).toBe(3);
  });

  test("without an overlap end at once, and the source counts a message that comes by both keys once", async () => {
    const { id, writeKey } = await make();
    await app.call("POST", `/api/sources/${id}/keys`, {});
    const { keys } = await read(id);
    const body = JSON.stringify({ batch: [track("By both")] });
    for (const { key } of keys) {
      const headers = { authorization: `Basic ${btoa(`${key}:`)}` };
      expect(await statusOf(app.fetch("/v1/batch", { method: "POST", headers, body }))).toBe(200);
    }
    expect((await read(id)).messages).toBe(1);
    await app.call("POST", `/api/sources/${id}/keys`, { overlapMinutes: 0 });
    for (const { key } of keys) expect(await statusOf(send(key))).toBe(401);
    expect(keys.map(({ key }) => key)).toContain(writeKey);
  });
});

describe("a source that is switched off", () => {
  test("refuses, says why, and keeps count of it; switched on it takes again", async () => {
    const { id, writeKey } = await make();
    await send(writeKey);
    await app.call("PATCH", `/api/sources/${id}`, { enabled: false });
    const answer = await send(writeKey, 3);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({
      success: false,
      code: "forbidden",
      message: expect.stringContaining("switched off"),
    });
    const single = app.fetch("/v1/track", { method: "POST", body: JSON.stringify({ writeKey, ...track() }) });
    expect(await statusOf(single)).toBe(403);
    const file = await app.call("POST", `/api/imports?format=ndjson&sourceId=${id}`, track());
    expect(file).toMatchObject({ status: 409, body: { error: { code: "conflict", path: "sourceId" } } });
    const off = await read(id);
    expect(off).toMatchObject({ enabled: false, messages: 1, rejections: [{ code: "source_off", count: 4 }] });
    await app.call("PATCH", `/api/sources/${id}`, { enabled: true });
    expect(await statusOf(send(writeKey))).toBe(200);
    expect((await read(id)).messages).toBe(2);
  });

  test("is closed for good once it is archived, and open again when it is brought back; what it sent stays", async () => {
    const { id, writeKey } = await make({ name: "Old site", kind: "browser", environment: "staging" });
    await send(writeKey, 2);
    expect((await app.call("DELETE", `/api/sources/${id}`)).status).toBe(200);
    expect(await statusOf(send(writeKey))).toBe(401);
    const listed = async (query: string) =>
      z
        .object({ items: z.array(z.object({ id: z.string() })) })
        .parse((await app.call("GET", `/api/sources${query}`)).body);
    expect((await listed("")).items.map((one) => one.id)).not.toContain(id);
    expect((await listed("?archived=true")).items.map((one) => one.id)).toEqual([id]);
    expect(await read(id)).toMatchObject({ messages: 2, kind: "browser", environment: "staging" });
    await app.call("PATCH", `/api/sources/${id}`, { archived: false });
    expect(await statusOf(send(writeKey))).toBe(200);
  });
});

describe("a rate limit", () => {
  test.each(["header", "body"] as const)(
    "turns away with the time to wait, the key in the %s, and takes all in the end",
    async (place) => {
      const { id, writeKey } = await make({ rateLimit: { perSecond: 20, burst: 20 } });
      // Four seconds of debt, so that a slow machine is turned away as well.
      expect(await statusOf(send(writeKey, 100, place))).toBe(200);
      const turnedAway = await send(writeKey, 1, place);
      expect(turnedAway.status).toBe(429);
      const wait = Number(turnedAway.headers.get("retry-after"));
      expect(wait).toBeGreaterThanOrEqual(1);
      expect(await turnedAway.json()).toMatchObject({ code: "rate_limited" });
      await new Promise((resolve) => setTimeout(resolve, wait * 1_000));
      expect(await statusOf(send(writeKey, 1, place))).toBe(200);
      expect((await read(id)).messages).toBe(101);
    },
  );

  test("is of one source, and goes when it is taken away", async () => {
    const { id, writeKey } = await make({ rateLimit: { perSecond: 1, burst: 1 } });
    const other = await make();
    expect(await statusOf(send(writeKey, 100))).toBe(200);
    expect(await statusOf(send(writeKey))).toBe(429);
    expect(await statusOf(send(other.writeKey))).toBe(200);
    await app.call("PATCH", `/api/sources/${id}`, { rateLimit: null });
    expect(await statusOf(send(writeKey))).toBe(200);
  });
});

test("the schema of a source tells each event, its properties and what is new this week", async () => {
  const { id, writeKey } = await make();
  const other = await make();
  const day = 86_400_000;
  const at = (daysAgo: number) => new Date(Date.now() - daysAgo * day).toISOString();
  const old = [20, 12, 9].map((ago, n) => ({
    ...track("Project Made"),
    timestamp: at(ago),
    properties: { plan: "trial", seats: n, owner: { role: "admin" } },
  }));
  const lately = [1, 0.5].map((ago) => ({
    ...track("Project Made"),
    timestamp: at(ago),
    properties: { plan: null, colour: "red" },
  }));
  const fresh = { ...track("Invited"), timestamp: at(2) };
  const identify = { type: "identify", userId: "ada", traits: { plan: "pro" }, timestamp: at(3) };
  const deliver = (key: string, batch: object[]) =>
    app.fetch("/v1/batch", { method: "POST", body: JSON.stringify({ writeKey: key, batch }) });
  await deliver(writeKey, [...old, ...lately, fresh, identify]);
  await deliver(other.writeKey, [{ ...track("Project Made"), properties: { elsewhere: 1 } }]);

  const { body: schema } = await app.call("GET", `/api/sources/${id}/schema`);
  const { items } = sourceSchema.answer.parse(schema);
  expect(items.map(({ type, event, messages, isNew }) => [type, event, messages, isNew])).toEqual([
    ["track", "Project Made", 5, false],
    ["identify", "", 1, true],
    ["track", "Invited", 1, true],
  ]);
  expect(items[0]?.daily).toHaveLength(30);
  expect(items[0]?.daily.reduce((sum, count) => sum + count)).toBe(5);
  expect(Date.parse(items[0]?.firstSeen ?? "")).toBeCloseTo(Date.parse(at(20)), -4);

  const { body } = await app.call("GET", `/api/sources/${id}/schema/properties?type=track&event=Project%20Made`);
  const properties = sourceProperties.answer.parse(body);
  expect(properties.messages).toBe(5);
  expect(properties.items.map(({ name, types, figures }) => [name, types, figures?.messages, figures?.isNew])).toEqual([
    ["colour", ["text"], 2, true],
    ["owner.role", ["text"], undefined, undefined],
    ["plan", ["null", "text"], 5, false],
    ["seats", ["number"], 3, false],
  ]);
  expect(properties.items[3]?.examples.toSorted()).toEqual([0, 1, 2]);
});
