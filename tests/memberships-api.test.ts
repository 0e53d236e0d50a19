import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { changesByDay, listChanges } from "@/core/api/memberships";
import { openTestApp, type TestApp } from "./support/app";
import { testToken } from "./support/services";

const headers = { authorization: `Bearer ${testToken}` };
let app: TestApp;
let writeKey: string;
beforeAll(async () => {
  app = await openTestApp();
  const { body } = await app.call("POST", "/api/sources", { name: "Server" });
  writeKey = z.object({ writeKey: z.string() }).parse(body).writeKey;
});
afterAll(() => app.close());

async function track(userId: string, event: string, timestamp = new Date()): Promise<void> {
  const { status } = await app.call("POST", "/v1/track", {
    writeKey,
    userId,
    event,
    timestamp: timestamp.toISOString(),
    messageId: `${userId} ${event}`,
  });
  expect(status).toBe(200);
}

async function save(name: string, root: object): Promise<string> {
  const { status, body } = await app.call("POST", "/api/audiences", { name, definition: { version: 1, root } });
  expect(status).toBe(201);
  return z.object({ id: z.string() }).parse(body).id;
}

async function changes(id: string, query = "") {
  const { status, body } = await app.call("GET", `/api/audiences/${id}/changes${query}`);
  expect(status).toBe(200);
  return listChanges.answer.parse(body);
}

/** Waits until the log of an audience has so many entries; the worker finds them by itself. */
async function changesOnce(id: string, count: number) {
  for (;;) {
    const { items } = await changes(id);
    if (items.length >= count) return items;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const did = { kind: "event", event: "Signed Up" } as const;

test("somebody enters by an event, and leaves by time alone", async () => {
  const id = await save("Lately", { ...did, window: { kind: "last", amount: 5, unit: "second" } });
  await app.services.memberships.upToDate();
  const at = new Date();
  await track("late", "Signed Up", at);
  const items = await changesOnce(id, 2);
  expect(items).toMatchObject([
    { userId: "late", change: "entered", cause: "message", messageId: "late Signed Up", at: at.toISOString() },
    {
      userId: "late",
      change: "exited",
      cause: "moment",
      messageId: null,
      at: new Date(at.getTime() + 5_001).toISOString(),
    },
  ]);
  expect(Number(items[0]?.cursor)).toBeLessThan(Number(items[1]?.cursor));
});

test("the log is read page by page, from a cursor, by direction and by time; days count it", async () => {
  await track("early", "Signed Up", new Date(Date.now() - 60_000));
  const id = await save("Ever", did);
  const items = await changesOnce(id, 2);
  expect(items).toMatchObject([
    { userId: "late", change: "entered", cause: "definition", messageId: null },
    { userId: "early", change: "entered", cause: "definition", messageId: null },
  ]);
  const first = await changes(id, "?limit=1");
  expect(first).toEqual({ items: items.slice(0, 1), nextCursor: items[0]?.cursor });
  expect(await changes(id, `?cursor=${first.nextCursor}`)).toEqual({ items: items.slice(1), nextCursor: null });
  expect((await changes(id, "?order=newest")).items).toEqual(items.toReversed());
  expect((await changes(id, "?change=exited")).items).toEqual([]);
  expect((await changes(id, "?to=2020-01-01T00:00:00Z")).items).toEqual([]);
  const { body } = await app.call("GET", `/api/audiences/${id}/changes/days?days=2`);
  const days = changesByDay.answer.parse(body).items;
  expect(days.map(({ entered, exited }) => [entered, exited])).toEqual([
    [2, 0],
    [0, 0],
  ]);
  expect(await app.call("GET", `/api/audiences/${id}/changes?cursor=x`)).toMatchObject({ status: 400 });
  expect(await app.call("GET", "/api/audiences/none/changes")).toMatchObject({ status: 404 });
});

test("members can be compared with a computation from scratch", async () => {
  const id = await save("Compared", did);
  const check = () => app.call("GET", `/api/audiences/${id}/changes/check`);
  expect(await check()).toMatchObject({ status: 200, body: { members: 2, missing: 0, surplus: 0 } });
  await app.call("DELETE", `/api/audiences/${id}`);
  expect(await check()).toMatchObject({ status: 409 });
});

test("members and their file say since when; a new definition and a deletion are told", async () => {
  const id = await save("Members", did);
  const entered = await changesOnce(id, 2);
  const { body } = await app.call("GET", `/api/audiences/${id}/members`);
  const members = z
    .object({ items: z.array(z.object({ userId: z.string(), enteredAt: z.string().nullable() })) })
    .parse(body);
  const since = new Map(entered.map(({ userId, at }) => [userId, at]));
  expect(members.items.map(({ userId, enteredAt }) => [userId, enteredAt])).toEqual([
    ["late", since.get("late")],
    ["early", since.get("early")],
  ]);
  const csv = await app.fetch(`/api/audiences/${id}/members.csv?columns=userId,enteredAt`, { headers });
  expect(await csv.text()).toContain(`early,${since.get("early")}`);

  await app.call("PATCH", `/api/audiences/${id}`, { definition: { version: 1, root: { ...did, event: "Paid" } } });
  const all = await changesOnce(id, 4);
  expect(all.slice(2).map(({ change, cause }) => [change, cause])).toEqual([
    ["exited", "definition"],
    ["exited", "definition"],
  ]);

  const ever = await save("Before the deletion", did);
  const [{ profileId } = { profileId: "" }] = await changesOnce(ever, 2);
  expect((await app.call("DELETE", `/api/profiles/${profileId}`)).status).toBeLessThan(300);
  const [, , exited] = await changesOnce(ever, 3);
  expect(exited).toMatchObject({ userId: "late", change: "exited", cause: "deletion" });
});

test("the stream begins with the latest changes and goes on", async () => {
  const id = await save("Streamed", { kind: "event", event: "Looked" });
  await app.services.memberships.upToDate();
  const response = await app.fetch(`/api/audiences/${id}/changes/stream`, { headers });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error("No stream");
  expect((await reader.read()).value).toContain('"items":[]');
  await track("watched", "Looked");
  const { value } = await reader.read();
  expect(value).toContain('"userId":"watched"');
  expect(value).toMatch(/^id: \d+\n/);
  await reader.cancel();
});
