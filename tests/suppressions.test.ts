import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { listSuppressions } from "@/core/api/suppressions";
import { readSuppressed } from "@/server/ingest/suppressed-ids";
import { openTestApp, type TestApp } from "./support/app";

let app: TestApp;
let writeKey: string;
beforeAll(async () => {
  app = await openTestApp();
  const { body } = await app.call("POST", "/api/sources", { name: "Web" });
  writeKey = z.object({ writeKey: z.string() }).parse(body).writeKey;
});
afterAll(() => app.close());

let sent = 0;
async function send(ids: { userId?: string; anonymousId?: string }, more: object = {}): Promise<number> {
  sent += 1;
  const message = { writeKey, event: "Seen", messageId: `m${sent}`, ...ids, ...more };
  return (await app.call("POST", "/v1/track", message)).status;
}
async function list() {
  const { status, body } = await app.call("GET", "/api/suppressions");
  expect(status).toBe(200);
  return listSuppressions.answer.parse(body).items;
}
const lift = (kind: string, id: string) => app.call("POST", "/api/suppressions/lift", { kind, id });
const person = async (userId: string) => {
  const { body } = await app.call("GET", `/api/profiles?userId=${userId}`);
  return z.object({ items: z.array(z.object({ id: z.string(), anonymousIds: z.array(z.string()) })) }).parse(body)
    .items[0];
};

test("the ids of somebody who was deleted are listed without being told, and one that is lifted is a new person's", async () => {
  await send({ userId: "ann", anonymousId: "a-1" });
  const before = await person("ann");
  const { body } = await app.call("DELETE", `/api/profiles/${before?.id}`);
  const receipt = z.object({ id: z.string(), hashes: z.array(z.string()) }).parse(body);
  const listed = await list();
  expect(listed.map(({ hash }) => hash).sort()).toEqual([...receipt.hashes].sort());
  expect(listed.map(({ kind }) => kind).sort()).toEqual(["anonymous", "user"]);
  expect(listed[0]).toMatchObject({ deletionId: receipt.id, by: { kind: "environment" } });
  expect(JSON.stringify(listed)).not.toContain("ann");
  expect(await send({ userId: "ann" })).toBe(400);

  expect(await lift("user", "bob")).toMatchObject({ status: 404 });
  expect(await lift("user", "ann")).toMatchObject({ status: 200, body: { lifted: true } });
  expect(await lift("user", "ann")).toMatchObject({ status: 404 });
  expect(await send({ userId: "ann" })).toBe(200);
  const after = await person("ann");
  expect(after?.id).not.toBe(before?.id);
  expect(after?.anonymousIds).toEqual([]);
  // The other one of the same person is kept out as before.
  expect(await send({ anonymousId: "a-1" })).toBe(400);
  expect(await list()).toMatchObject([{ kind: "anonymous" }]);
  expect([...(await readSuppressed(app.services.eventStore))]).toEqual((await list()).map(({ hash }) => hash));

  // Deleted once more, it is kept out once more.
  await app.call("DELETE", `/api/profiles/${after?.id}`);
  expect(await send({ userId: "ann" })).toBe(400);
});

test("an id can be kept out before it comes; nobody's is taken away by that", async () => {
  const suppress = (kind: string, id: string) => app.call("POST", "/api/suppressions", { kind, id });
  await send({ userId: "here" });
  expect(await suppress("user", "here")).toMatchObject({ status: 409 });
  expect(await suppress("user", "never")).toMatchObject({ status: 201, body: { kind: "user", deletionId: null } });
  expect(await suppress("user", "never")).toMatchObject({ status: 409 });
  expect(await send({ userId: "never" })).toBe(400);
  expect(await send({ userId: "here", anonymousId: "never" })).toBe(200);
  expect(await suppress("other", "ann@example.com")).toMatchObject({ status: 400, body: { error: { path: "id" } } });

  await app.call("PATCH", "/api/identity/rules", { email: true });
  expect(await suppress("other", "email: Out@Example.com ")).toMatchObject({ status: 201 });
  const identify = { event: undefined, traits: { email: "OUT@example.com" } };
  const refused = await app.call("POST", "/v1/identify", { writeKey, userId: "there", messageId: "i1", ...identify });
  expect(refused.status).toBe(400);
  expect(await lift("other", "email:out@example.com")).toMatchObject({ status: 200 });
  const taken = await app.call("POST", "/v1/identify", { writeKey, userId: "there", messageId: "i1", ...identify });
  expect(taken.status).toBe(200);
});

test("the list is read page by page, the latest first", async () => {
  const all = await list();
  expect(all.length).toBeGreaterThan(2);
  const moments = all.map(({ at }) => at);
  expect(moments).toEqual(moments.toSorted().reverse());
  const pages: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const { body } = await app.call("GET", `/api/suppressions?limit=1${cursor === "" ? "" : `&cursor=${cursor}`}`);
    const page = listSuppressions.answer.parse(body);
    pages.push(...page.items.map(({ hash }) => hash));
    cursor = page.nextCursor;
  }
  expect(pages).toEqual(all.map(({ hash }) => hash));
  expect(await app.call("GET", "/api/suppressions?cursor=x")).toMatchObject({ status: 400 });
});
