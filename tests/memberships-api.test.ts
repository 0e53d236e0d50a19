import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { changesByDay, listChanges, type MembershipChange } from "@/core/api/memberships";
import { getProfile } from "@/core/api/profiles";
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

const wordsOf = ({ reason }: Pick<MembershipChange, "reason">) => reason.map(({ text }) => text).join("");

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
  expect(items.map(wordsOf)).toEqual(["did Signed Up", "5 seconds had passed since Signed Up"]);
});

test("each change says why in words, and the profile since when and why", async () => {
  const calm = { kind: "trait", trait: "mood", op: "equals", value: "calm" } as const;
  const id = await save("Calm", {
    kind: "all",
    conditions: [calm, { ...did, event: "Paid", count: { op: "exactly", value: 0 } }],
  });
  await app.services.memberships.upToDate();
  const identify = (userId: string, traits: object, anonymousId?: string) =>
    app.call("POST", "/v1/identify", { writeKey, userId, traits, ...(anonymousId && { anonymousId }) });
  await identify("moody", { mood: "calm", shoes: 44 });
  const [entered] = await changesOnce(id, 1);
  if (!entered) throw new Error("Nobody entered");
  expect(wordsOf(entered)).toBe("mood was set to calm");
  const profile = await app.call("GET", `/api/profiles/${entered.profileId}`);
  const { audiences } = getProfile.answer.parse(profile.body);
  expect(audiences).toEqual([{ id, name: "Calm", enteredAt: entered.at, reason: entered.reason }]);

  // An event that the audience does not look at makes a newcomer of somebody.
  const quiet = await save("Never paid", { ...did, event: "Paid", count: { op: "exactly", value: 0 } });
  const [first] = await changesOnce(quiet, 1);
  expect(first && wordsOf(first)).toBe("the audience was made");
  const before = (await changes(quiet)).items.length;
  await track("newcomer", "Looked Around");
  const newcomer = (await changesOnce(quiet, before + 1)).at(-1);
  expect(newcomer).toMatchObject({ userId: "newcomer", change: "entered" });
  expect(newcomer && wordsOf(newcomer)).toBe("did Looked Around");

  await app.call("POST", "/v1/track", {
    writeKey,
    anonymousId: "a-9",
    event: "Looked Around",
    messageId: "a-9 looked",
  });
  await app.services.memberships.upToDate();
  await identify("known", {}, "a-9");
  const known = (await changesOnce(quiet, before + 2)).at(-1);
  expect(known).toMatchObject({ userId: "known", change: "entered", isDeleted: false });
  expect(known && wordsOf(known)).toBe("was identified");

  await app.call("PATCH", `/api/audiences/${id}`, { definition: { version: 1, root: { ...calm, value: "wild" } } });
  const left = (await changesOnce(id, 2)).at(-1);
  expect(left && wordsOf(left)).toBe("version 2 was saved");
});

test("waiting is told by what it was for: a trait, the first message, a day", async () => {
  const held = { heldFor: { amount: 2, unit: "second" } };
  const set = await save("Held", { kind: "trait", trait: "seat", op: "equals", value: "aisle", ...held });
  const never = await save("Without", { kind: "trait", trait: "gate", op: "not_exists", ...held });
  await app.services.memberships.upToDate();
  await app.call("POST", "/v1/identify", { writeKey, userId: "patient", traits: { seat: "aisle" } });
  const [seated] = await changesOnce(set, 1);
  expect(seated).toMatchObject({ cause: "moment", userId: "patient" });
  expect(seated && wordsOf(seated)).toBe("2 seconds had passed since seat was set");
  const find = async () => (await changes(never, "?order=newest")).items.find(({ userId }) => userId === "patient");
  await expect.poll(find).toBeDefined();
  const without = await find();
  expect(without && wordsOf(without)).toBe("2 seconds had passed since the first message");
});

test("the log is read page by page, from a cursor, by direction and by time; days count it", async () => {
  await track("early", "Signed Up", new Date(Date.now() - 60_000));
  await app.services.memberships.upToDate();
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
  expect(days.map(({ entered, exited, byDefinition }) => [entered, exited, byDefinition])).toEqual([
    [2, 0, { entered: 2, exited: 0 }],
    [0, 0, { entered: 0, exited: 0 }],
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
  expect(exited).toMatchObject({ userId: "late", change: "exited", cause: "deletion", isDeleted: true });
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
  const cursor = /^id: (\d+)\n/.exec(value ?? "")?.[1];
  await reader.cancel();

  await track("later", "Looked");
  await changesOnce(id, 2);
  const again = async (query: string, more: Record<string, string> = {}) => {
    const answer = await app.fetch(`/api/audiences/${id}/changes/stream${query}`, { headers: { ...headers, ...more } });
    const body = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    const first = await body?.read();
    await body?.cancel();
    return first?.value;
  };
  // Whoever was away gets what came meanwhile, once, and nobody else again.
  for (const missed of [
    await again(`?cursor=${cursor}`),
    await again("?cursor=0", { "last-event-id": cursor ?? "" }),
  ]) {
    expect(missed).toContain('"userId":"later"');
    expect(missed).not.toContain('"userId":"watched"');
  }
  expect(await app.call("GET", `/api/audiences/${id}/changes/stream?cursor=x`)).toMatchObject({ status: 400 });
});
