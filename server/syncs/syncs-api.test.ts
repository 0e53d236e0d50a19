import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as z from "zod";
import { createAudience } from "@/core/api/audiences";
import { createDestination, listDestinations, testSettings } from "@/core/api/destinations";
import { errorAnswer } from "@/core/api/shared";
import * as api from "@/core/api/syncs";
import { startWebhook, type WebhookServer } from "@/tests/destinations/webhook-server";
import { openTestApp, type TestApp } from "@/tests/support/app";

const secret = "whispered-between-us";
const patience = { timeout: 50_000, interval: 50 };

let app: TestApp;
let writeKey: string;
beforeAll(async () => {
  app = await openTestApp({ allowPrivateAddresses: true });
  writeKey = z
    .object({ writeKey: z.string() })
    .parse((await app.call("POST", "/api/sources", { name: "App" })).body).writeKey;
  await send(["ann", "bob", "cid"].map((userId) => ({ type: "track", userId, event: "Account Created" })));
  await send(
    ["ann", "bob"].map((userId) => ({
      type: "identify",
      userId,
      traits: { plan: "trial", email: `${userId}@example.com` },
    })),
  );
});
afterAll(() => app.close());
vi.setConfig({ testTimeout: 120_000 });

async function send(batch: readonly object[]): Promise<void> {
  const response = await app.fetch("/v1/batch", { method: "POST", body: JSON.stringify({ writeKey, batch }) });
  expect(response.status).toBe(200);
}

async function ok<Answer>(answer: z.ZodType<Answer>, method: string, path: string, body?: unknown): Promise<Answer> {
  const called = await app.call(method, path, body);
  expect(called.status, JSON.stringify(called.body)).toBeLessThan(300);
  return answer.parse(called.body);
}

async function refused(method: string, path: string, body?: unknown) {
  const called = await app.call(method, path, body);
  return { status: called.status, ...errorAnswer.parse(called.body).error };
}

const notDone = (event: string) => ({
  version: 1,
  root: {
    kind: "all",
    conditions: [
      { kind: "event", event: "Account Created" },
      { kind: "not", condition: { kind: "event", event } },
    ],
  },
});
const did = (event: string) => ({ version: 1, root: { kind: "event", event } });
const audience = (name: string, definition: object) =>
  ok(createAudience.answer, "POST", "/api/audiences", { name, definition });

async function connect(server: WebhookServer, more = {}) {
  const settings = { url: `${server.origin}/hook`, secret };
  return ok(createDestination.answer, "POST", "/api/destinations", {
    tool: "webhook",
    name: "Hook",
    settings,
    ...more,
  });
}

const syncNow = (id: string) => ok(api.getSync.answer, "GET", `/api/syncs/${id}`);
const deliveriesOf = async (query: string) =>
  (await ok(api.listDeliveries.answer, "GET", `/api/deliveries?${query}`)).items;

test("people are sent first, then leave by what they do, and each delivery can be traced", async () => {
  const server = await startWebhook(secret);
  const { id: audienceId } = await audience("Stuck", notDone("Activated"));
  const destination = await connect(server);
  expect(destination).toMatchObject({ secrets: ["secret"], health: { status: "idle" } });
  expect(JSON.stringify(destination)).not.toContain(secret);
  const input = { audienceId, destinationId: destination.id };
  const dry = await vi.waitFor(() => ok(api.dryRunSync.answer, "POST", "/api/syncs/dry-run", input), patience);
  expect(dry).toMatchObject({ add: 3, remove: 0, suppressed: 0 });
  expect(dry.samples).toHaveLength(3);
  expect(JSON.parse(dry.samples[0]?.request?.body ?? "")).toMatchObject({ type: "audience.changes" });
  expect(server.batches).toEqual([]);

  const sync = await ok(api.createSync.answer, "POST", "/api/syncs", input);
  await vi.waitFor(() => expect(server.members()).toEqual(["ann", "bob", "cid"]), patience);
  expect(server.changes[0]).toMatchObject({ fields: { plan: "trial", email: "ann@example.com" } });
  await send([{ type: "track", userId: "bob", event: "Activated" }]);
  await vi.waitFor(() => expect(server.members()).toEqual(["ann", "cid"]), patience);
  await vi.waitFor(async () => {
    expect(await syncNow(sync.id)).toMatchObject({
      phase: "changes",
      progress: { done: 3, total: 3 },
      people: { in: 2, missed: 0, stuck: 0, waiting: 0 },
      trouble: null,
    });
  }, patience);
  const bobs = await deliveriesOf(`syncId=${sync.id}&person=bob`);
  expect(bobs.map(({ change, result }) => [change, result])).toEqual([
    ["exited", "delivered"],
    ["entered", "delivered"],
  ]);
  const requests = await ok(api.listDeliveryRequests.answer, "GET", `/api/deliveries/${bobs[0]?.batch}/requests`);
  expect(requests.items).toMatchObject([{ method: "POST", status: 204, people: 1 }]);
  expect(JSON.parse(requests.items[0]?.request ?? "")).toMatchObject({ changes: [{ change: "exited" }] });
  expect(JSON.stringify(requests)).not.toContain(secret);
  expect(await refused("POST", "/api/syncs", input)).toMatchObject({ status: 409 });
  await app.call("DELETE", `/api/destinations/${destination.id}`);
  expect(await refused("GET", `/api/syncs/${sync.id}`)).toMatchObject({ status: 404 });
  await server.close();
});

test("a pause keeps changes, and going on sends them once and in order", async () => {
  const server = await startWebhook(secret);
  const { id: audienceId } = await audience("Paused", did("Opened"));
  const { id: destinationId } = await connect(server);
  const { id } = await ok(api.createSync.answer, "POST", "/api/syncs", { audienceId, destinationId });
  await send([{ type: "track", userId: "ann", event: "Opened" }]);
  await vi.waitFor(() => expect(server.members()).toEqual(["ann"]), patience);
  await ok(api.updateSync.answer, "PATCH", `/api/syncs/${id}`, { status: "paused" });
  await send([{ type: "track", userId: "bob", event: "Opened" }]);
  await vi.waitFor(async () => {
    const { body } = await app.call("GET", `/api/audiences/${audienceId}/changes`);
    expect(z.object({ items: z.array(z.unknown()) }).parse(body).items).toHaveLength(2);
  }, patience);
  expect(server.members()).toEqual(["ann"]);
  await ok(api.updateSync.answer, "PATCH", `/api/syncs/${id}`, { status: "running" });
  await vi.waitFor(() => expect(server.members()).toEqual(["ann", "bob"]), patience);
  expect(server.changes.map(({ identifier }) => identifier.value)).toEqual(["ann", "bob"]);
  expect(await ok(api.cancelSync.answer, "POST", `/api/syncs/${id}/cancel`)).toMatchObject({ status: "cancelled" });
  expect(await refused("PATCH", `/api/syncs/${id}`, { status: "running" })).toMatchObject({ status: 409 });
  await app.call("DELETE", `/api/destinations/${destinationId}`);
  await server.close();
});

test("whoever leaves between a request that was taken and the news of that is told to have left", async () => {
  const server = await startWebhook(secret);
  const { id: audienceId } = await audience("Cut off", notDone("Cut"));
  server.keepNextWaiting();
  const { id: destinationId } = await connect(server);
  const { id } = await ok(api.createSync.answer, "POST", "/api/syncs", { audienceId, destinationId });
  await vi.waitFor(() => expect(server.members()).toContain("cid"), patience);
  await ok(api.updateSync.answer, "PATCH", `/api/syncs/${id}`, { status: "paused" });
  await send([{ type: "track", userId: "cid", event: "Cut" }]);
  await app.services.memberships.upToDate();
  await ok(api.updateSync.answer, "PATCH", `/api/syncs/${id}`, { status: "running" });
  await vi.waitFor(async () => expect((await syncNow(id)).phase).toBe("changes"), patience);
  await vi.waitFor(() => expect(server.members()).toEqual(["ann", "bob"]), patience);
  const told = server.changes.filter(({ identifier }) => identifier.value === "cid");
  expect(told.map(({ change }) => change)).toEqual(["entered", "exited"]);
  await server.close();
});

test("a field may say something of a person's account", async () => {
  const server = await startWebhook(secret);
  await send([{ type: "group", userId: "ann", groupId: "acme", traits: { plan: "team" } }]);
  const { id: audienceId } = await audience("With accounts", did("Account Created"));
  const { id: destinationId } = await connect(server, { mapping: [{ from: "$account.plan", to: "company_plan" }] });
  await ok(api.createSync.answer, "POST", "/api/syncs", { audienceId, destinationId });
  await vi.waitFor(() => expect(server.members()).toEqual(["ann", "bob", "cid"]), patience);
  const fieldsOf = (userId: string) => server.changes.find(({ identifier }) => identifier.value === userId)?.fields;
  expect([fieldsOf("ann"), fieldsOf("bob")]).toEqual([{ company_plan: "team" }, {}]);
  await server.close();
});

test("who is refused is given up alone, and is sent again when asked for", async () => {
  const server = await startWebhook(secret);
  await server.refuse("bob");
  const { id: audienceId } = await audience("Refused", did("Account Created"));
  const { id: destinationId } = await connect(server);
  const { id } = await ok(api.createSync.answer, "POST", "/api/syncs", { audienceId, destinationId });
  await vi.waitFor(async () => expect((await syncNow(id)).phase).toBe("changes"), patience);
  expect(server.members()).toEqual(["ann", "cid"]);
  expect(await syncNow(id)).toMatchObject({ people: { in: 2, missed: 1 } });
  const [failed] = await deliveriesOf(`syncId=${id}&result=gave_up`);
  expect(failed).toMatchObject({ identifier: { value: "bob" }, reason: expect.stringContaining("not wanted here") });
  await server.acceptAgain("bob");
  const again = await ok(api.resendFailed.answer, "POST", `/api/syncs/${id}/resend`, { profileId: failed?.profileId });
  expect(again).toEqual({ people: 1 });
  await vi.waitFor(() => expect(server.members()).toEqual(["ann", "bob", "cid"]), patience);
  await vi.waitFor(
    async () => expect((await syncNow(id)).people).toEqual({ in: 3, missed: 0, stuck: 0, waiting: 0 }),
    patience,
  );
  expect(await refused("POST", `/api/syncs/${id}/resend`, { profileId: failed?.profileId })).toMatchObject({
    status: 409,
  });
  expect(await ok(api.resendFailed.answer, "POST", `/api/syncs/${id}/resend`, {})).toEqual({ people: 0 });
  await app.call("DELETE", `/api/destinations/${destinationId}`);
  await server.close();
});

test("a rate limit and a credential that expired hold everything up, and nobody is lost", async () => {
  const server = await startWebhook(secret);
  const { id: audienceId } = await audience("Held up", did("Account Created"));
  const destination = await connect(server);
  await server.limitNext();
  const { id } = await ok(api.createSync.answer, "POST", "/api/syncs", { audienceId, destinationId: destination.id });
  await vi.waitFor(() => expect(server.members()).toEqual(["ann", "bob", "cid"]), patience);
  await vi.waitFor(async () => {
    const anns = await deliveriesOf(`syncId=${id}&person=ann`);
    expect(anns.map(({ result }) => result)).toEqual(["delivered", "retry"]);
  }, patience);
  await server.expireCredential();
  await send([{ type: "track", userId: "dan", event: "Account Created" }]);
  await vi.waitFor(async () => expect((await syncNow(id)).trouble).toMatchObject({ fault: "credential" }), patience);
  const { items } = await ok(listDestinations.answer, "GET", "/api/destinations");
  expect(items.find((one) => one.id === destination.id)?.health).toMatchObject({ status: "failing" });
  await server.renewCredential();
  // A change of the destination is a reason to try at once.
  await app.call("PATCH", `/api/destinations/${destination.id}`, { name: "Hook again" });
  await vi.waitFor(() => expect(server.members()).toContain("dan"), patience);
  await vi.waitFor(async () => expect((await syncNow(id)).trouble).toBeNull(), patience);
  await app.call("DELETE", `/api/destinations/${destination.id}`);
  await server.close();
});

test("people of a suppression audience are never sent, leave at once, and come back", async () => {
  const server = await startWebhook(secret);
  const { id: suppressionId } = await audience("Suppressed", did("Complained"));
  const { id: audienceId } = await audience("Sent", did("Welcomed"));
  const { id: destinationId } = await connect(server);
  await send(["ann", "bob", "cid", "dan"].map((userId) => ({ type: "track", userId, event: "Welcomed" })));
  await send([{ type: "track", userId: "cid", event: "Complained" }]);
  const input = { audienceId, destinationId, suppressionId };
  await vi.waitFor(async () => {
    expect(await ok(api.dryRunSync.answer, "POST", "/api/syncs/dry-run", input)).toMatchObject({
      suppressed: 1,
      add: 3,
    });
  }, patience);
  const { id } = await ok(api.createSync.answer, "POST", "/api/syncs", input);
  await vi.waitFor(() => expect(server.members()).toEqual(["ann", "bob", "dan"]), patience);
  await send([{ type: "track", userId: "ann", event: "Complained" }]);
  await vi.waitFor(() => expect(server.members()).toEqual(["bob", "dan"]), patience);
  await ok(api.updateSync.answer, "PATCH", `/api/syncs/${id}`, { suppressionId: null });
  await vi.waitFor(() => expect(server.members()).toEqual(["ann", "bob", "cid", "dan"]), patience);
  await app.call("DELETE", `/api/destinations/${destinationId}`);
  await server.close();
});

test("two people with one email are one in the tool, who leaves with the last of them", async () => {
  const server = await startWebhook(secret);
  const { id: audienceId } = await audience("Shared", did("Joined"));
  const { id: destinationId } = await connect(server, { identifier: "email" });
  const { id } = await ok(api.createSync.answer, "POST", "/api/syncs", { audienceId, destinationId });
  const email = "both@example.com";
  await send(["eve", "fay"].map((userId) => ({ type: "identify", userId, traits: { email } })));
  await send(["eve", "fay"].map((userId) => ({ type: "track", userId, event: "Joined" })));
  await vi.waitFor(async () => expect((await syncNow(id)).people.in).toBe(2), patience);
  expect(server.members()).toEqual([email]);
  const eve = await deliveriesOf(`syncId=${id}`);
  await ok(z.unknown(), "DELETE", `/api/profiles/${eve.at(-1)?.profileId}`);
  await vi.waitFor(async () => expect((await syncNow(id)).people.in).toBe(1), patience);
  expect(server.members()).toEqual([email]);
  const left = (await deliveriesOf(`syncId=${id}&result=delivered`)).find(
    ({ profileId }) => profileId !== eve.at(-1)?.profileId,
  );
  await ok(z.unknown(), "DELETE", `/api/profiles/${left?.profileId}`);
  await vi.waitFor(() => expect(server.members()).toEqual([]), patience);
  await app.call("DELETE", `/api/destinations/${destinationId}`);
  await server.close();
});

test("what cannot be is refused, and a connection is tried before it is kept", async () => {
  const server = await startWebhook(secret);
  const body = { tool: "webhook", name: "Hook", settings: { url: `${server.origin}/hook`, secret } };
  const check = (settings: object) =>
    ok(testSettings.answer, "POST", "/api/destinations/test", { tool: "webhook", settings });
  expect(await check(body.settings)).toMatchObject({ ok: true });
  const wrong = await check({ ...body.settings, secret: "another secret of ours" });
  expect(wrong).toMatchObject({ ok: false, message: expect.stringContaining("401") });
  expect(await refused("POST", "/api/destinations", { ...body, tool: "pigeon" })).toMatchObject({ path: "tool" });
  expect(await refused("POST", "/api/destinations", { ...body, settings: { secret } })).toMatchObject({
    status: 400,
    path: "settings.url",
  });
  const { id: destinationId } = await connect(server);
  expect(await refused("POST", "/api/syncs", { audienceId: "none", destinationId })).toMatchObject({
    status: 400,
    path: "audienceId",
  });
  await server.close();
});
