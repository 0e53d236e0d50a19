import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as z from "zod";
import { createAudience } from "@/core/api/audiences";
import { createDestination } from "@/core/api/destinations";
import { listDeletions } from "@/core/api/identity";
import * as api from "@/core/api/syncs";
import { startWebhook, type WebhookServer } from "@/tests/destinations/webhook-server";
import { openTestApp, type TestApp } from "@/tests/support/app";

const secret = "whispered-between-us";
const patience = { timeout: 50_000, interval: 50 };
vi.setConfig({ testTimeout: 120_000 });

let dataDir: string;
let app: TestApp;
let writeKey: string;
let server: WebhookServer;
const open = () => openTestApp({ dataDir, allowPrivateAddresses: true });
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "foothold-again-"));
  app = await open();
  server = await startWebhook(secret);
  const source = await app.call("POST", "/api/sources", { name: "App" });
  writeKey = z.object({ writeKey: z.string() }).parse(source.body).writeKey;
});
afterAll(async () => {
  await app.close();
  await server.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function send(batch: readonly object[]): Promise<void> {
  const response = await app.fetch("/v1/batch", { method: "POST", body: JSON.stringify({ writeKey, batch }) });
  expect(response.status).toBe(200);
}

async function ok<Answer>(answer: z.ZodType<Answer>, method: string, path: string, body?: unknown): Promise<Answer> {
  const called = await app.call(method, path, body);
  expect(called.status, JSON.stringify(called.body)).toBeLessThan(300);
  return answer.parse(called.body);
}

const joined = (userId: string, event: string) => ({ type: "track", userId, event });
const named = (userId: string, email: string) => ({ type: "identify", userId, traits: { email } });

/** A sync of those who did an event, to a webhook that knows people so. */
async function sync(event: string, identifier: string) {
  const definition = { version: 1, root: { kind: "event", event } };
  const { id: audienceId } = await ok(createAudience.answer, "POST", "/api/audiences", { name: event, definition });
  const settings = { url: `${server.origin}/hook`, secret };
  const body = { tool: "webhook", name: `Hook of ${event}`, settings, identifier };
  const { id: destinationId } = await ok(createDestination.answer, "POST", "/api/destinations", body);
  const { id } = await ok(api.createSync.answer, "POST", "/api/syncs", { audienceId, destinationId });
  await vi.waitFor(async () => expect((await now(id)).phase).toBe("changes"), patience);
  return { id, destinationId };
}

const now = (id: string) => ok(api.getSync.answer, "GET", `/api/syncs/${id}`);
const members = (expected: readonly string[]) =>
  vi.waitFor(() => expect(server.members()).toEqual([...expected].sort()), patience);

test("who is given an email later is sent then, and another email takes the place of the first", async () => {
  const { id, destinationId } = await sync("Subscribed", "email");
  await send([joined("ann", "Subscribed"), named("bob", "bob@example.com"), joined("bob", "Subscribed")]);
  await members(["bob@example.com"]);
  await vi.waitFor(async () => expect((await now(id)).people).toMatchObject({ in: 1, missed: 1 }), patience);
  await send([named("ann", "ann@example.com")]);
  await members(["ann@example.com", "bob@example.com"]);
  await send([named("bob", "robert@example.com")]);
  await members(["ann@example.com", "robert@example.com"]);
  const bobs = server.changes.filter(({ identifier }) => /^(bob|robert)@/.test(identifier.value));
  expect(bobs.map(({ change, identifier }) => [change, identifier.value])).toEqual([
    ["entered", "bob@example.com"],
    ["exited", "bob@example.com"],
    ["entered", "robert@example.com"],
  ]);

  // Also while nothing runs: the next process finds it.
  const sent = app.services.syncs.end(id);
  await sent;
  await send([named("bob", "rob@example.com")]);
  await app.close();
  app = await open();
  await members(["ann@example.com", "rob@example.com"]);

  // Another way of naming people is a new name for everybody.
  await app.call("PATCH", `/api/destinations/${destinationId}`, { identifier: "userId" });
  await members(["ann", "bob"]);
  await app.call("DELETE", `/api/destinations/${destinationId}`);
});

test("what was to be sent again is sent again by the next process", async () => {
  for (const one of server.members()) server.forget(one);
  await server.refuse("cid");
  const { id, destinationId } = await sync("Welcomed", "userId");
  await send(["cid", "dan"].map((userId) => joined(userId, "Welcomed")));
  await members(["dan"]);
  await vi.waitFor(async () => expect((await now(id)).people).toMatchObject({ in: 1, missed: 1 }), patience);
  await server.expireCredential();
  expect(await ok(api.resendFailed.answer, "POST", `/api/syncs/${id}/resend`, {})).toEqual({ people: 1 });
  await vi.waitFor(async () => expect((await now(id)).trouble).toMatchObject({ fault: "credential" }), patience);
  await app.close();
  await server.renewCredential();
  await server.acceptAgain("cid");
  app = await open();
  await members(["cid", "dan"]);
  await vi.waitFor(async () => {
    expect((await now(id)).people).toEqual({ in: 2, missed: 0, stuck: 0, waiting: 0 });
  }, patience);
  const cids = (await ok(api.listDeliveries.answer, "GET", `/api/deliveries?syncId=${id}&person=cid`)).items;
  expect(new Set(cids.map(({ key }) => key)).size).toBe(1);
  await app.call("DELETE", `/api/destinations/${destinationId}`);
});

test("of somebody who was deleted nothing stays in the logs, once the tool was told", async () => {
  for (const one of server.members()) server.forget(one);
  const { id, destinationId } = await sync("Bought", "userId");
  await send(["eve-of-old", "fay"].map((userId) => joined(userId, "Bought")));
  await members(["eve-of-old", "fay"]);
  const deliveries = async (person: string) =>
    (await ok(api.listDeliveries.answer, "GET", `/api/deliveries?syncId=${id}&person=${person}`)).items;
  await vi.waitFor(async () => expect(await deliveries("eve-of-old")).toHaveLength(1), patience);
  const [eve] = await deliveries("eve-of-old");
  await server.expireCredential();
  await ok(z.unknown(), "DELETE", `/api/profiles/${eve?.profileId}`);
  const receipt = async () => (await ok(listDeletions.answer, "GET", "/api/deletions")).items[0];
  await vi.waitFor(async () => expect((await now(id)).trouble).toMatchObject({ fault: "credential" }), patience);
  // Nobody can be told now, so who it was must be known still.
  expect(await receipt()).toMatchObject({ tools: null });
  expect(await deliveries("eve-of-old")).not.toHaveLength(0);
  await server.renewCredential();
  await app.call("PATCH", `/api/destinations/${destinationId}`, { name: "Hook again" });
  await members(["fay"]);
  await vi.waitFor(async () => {
    expect(await receipt()).toMatchObject({
      tools: [{ syncId: id, name: "Hook again", isTold: true }],
      counts: { sync_people: expect.any(Number), deliveries: expect.any(Number) },
    });
  }, patience);
  expect((await receipt())?.counts.deliveries).toBeGreaterThan(1);
  expect(await deliveries("eve-of-old")).toEqual([]);
  expect(await deliveries(eve?.profileId ?? "")).toEqual([]);
  const [fay] = await deliveries("fay");
  expect(fay).toMatchObject({ result: "delivered" });
  const requests = await app.call("GET", `/api/deliveries/${eve?.batch}/requests`);
  expect(requests.status).toBe(200);
  expect(JSON.stringify(requests.body)).not.toContain("eve-of-old");
  await app.call("DELETE", `/api/destinations/${destinationId}`);
});
