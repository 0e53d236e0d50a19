import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as z from "zod";
import { createAudience } from "@/core/api/audiences";
import { createDestination } from "@/core/api/destinations";
import { getForwarding, previewForwarding, setForwarding } from "@/core/api/forwarding";
import { errorAnswer } from "@/core/api/shared";
import { listDeliveries } from "@/core/api/syncs";
import { startWebhook, type WebhookServer } from "@/tests/destinations/webhook-server";
import { openTestApp, type TestApp } from "@/tests/support/app";

const secret = "whispered-between-us";
const patience = { timeout: 50_000, interval: 50 };
vi.setConfig({ testTimeout: 120_000 });

let app: TestApp;
let writeKey: string;
let server: WebhookServer;
beforeAll(async () => {
  app = await openTestApp({ allowPrivateAddresses: true });
  const source = await app.call("POST", "/api/sources", { name: "App" });
  writeKey = z.object({ writeKey: z.string() }).parse(source.body).writeKey;
  server = await startWebhook(secret);
});
afterAll(async () => {
  await app.close();
  await server.close();
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

async function connect(more: object = {}): Promise<string> {
  const settings = { url: `${server.origin}/hook`, secret };
  const body = { tool: "webhook", name: "Hook", settings, ...more };
  return (await ok(createDestination.answer, "POST", "/api/destinations", body)).id;
}

const forward = (id: string, choices: object, status = "running") =>
  ok(setForwarding.answer, "POST", `/api/destinations/${id}/forwarding`, { choices, status });
const now = async (id: string) =>
  (await ok(getForwarding.answer, "GET", `/api/destinations/${id}/forwarding`)).forwarding;
const untilSent = (id: string) => vi.waitFor(async () => expect(await now(id)).toMatchObject({ behind: 0 }), patience);
const end = (id: string) => app.call("DELETE", `/api/destinations/${id}`);
const track = (userId: string, event: string, more: object = {}) => ({ type: "track", userId, event, ...more });

test("chosen events are sent as they come in, in order, without the fields that are dropped, and are in the log", async () => {
  const id = await connect();
  await send([track("ann", "Before")]);
  expect(await now(id)).toBeNull();
  const choices = { events: ["Paid", "Seen"], fields: { drop: ["properties.card.number", "context.ip"] } };
  await forward(id, choices);
  const properties = { card: { number: "4242", brand: "visa" }, place: 1 };
  const yearAgo = new Date(Date.now() - 365 * 86_400_000).toISOString();
  await send([
    track("ann", "Paid", { messageId: "m1", properties, context: { ip: "10.0.0.1", locale: "de" } }),
    track("ann", "Other"),
    { type: "identify", userId: "ann", traits: { plan: "trial" } },
    track("bob", "Seen", { messageId: "m2" }),
    track("ann", "Paid", { messageId: "m3" }),
    track("ann", "Paid", { timestamp: yearAgo }),
    { type: "track", anonymousId: "nobody", event: "Paid", messageId: "m4" },
  ]);
  await untilSent(id);
  expect(server.events.map((one) => one.id)).toEqual(["m1", "m2", "m3"]);
  expect(server.events[0]).toMatchObject({ event: "Paid", identifier: { value: "ann" } });
  expect(server.events[0]?.properties).toEqual({ card: { brand: "visa" }, place: 1 });
  expect(server.events[0]?.context).toMatchObject({ locale: "de" });
  expect(server.events[0]?.context).not.toHaveProperty("ip");
  expect((await now(id))?.sent).toEqual({ delivered: 3, gaveUp: 0, skipped: 1 });
  const { items } = await ok(listDeliveries.answer, "GET", `/api/deliveries?destinationId=${id}`);
  expect(items.find(({ key }) => key === "m4")).toMatchObject({
    change: "event",
    result: "skipped",
    reason: "This person has no user id.",
    fields: { type: "track", event: "Paid" },
  });
  const preview = await ok(previewForwarding.answer, "POST", `/api/destinations/${id}/forwarding/preview`, choices);
  expect(preview).toMatchObject({ messages: 4, people: 3 });
  const anns = preview.samples.find(({ messageId }) => messageId === "m3");
  expect(JSON.parse(anns?.request?.body ?? "")).toMatchObject({ type: "events", events: [{ id: "m3" }] });
  expect(preview.samples.find(({ messageId }) => messageId === "m4")?.identifier).toBeNull();
  expect(server.events).toHaveLength(3);
  await end(id);
});

test("what comes in while it is paused or the tool is out of order is sent after that, once and in order", async () => {
  const id = await connect();
  await forward(id, {});
  server.events.length = 0;
  await server.limitNext();
  await send([track("ann", "One")]);
  await vi.waitFor(() => expect(server.events.map(({ event }) => event)).toEqual(["One"]), patience);
  // A pause leaves what is under way, and would let it be sent again.
  await untilSent(id);
  await forward(id, {}, "paused");
  await send([track("ann", "Two"), track("ann", "Three")]);
  await forward(id, { types: ["track", "identify"] });
  await send([{ type: "identify", userId: "ann", traits: { plan: "paid" } }]);
  await untilSent(id);
  expect(server.events.map(({ event, type }) => event || type)).toEqual(["One", "Two", "Three", "identify"]);
  await server.refuse("bob");
  await send([track("bob", "Four"), track("ann", "Four")]);
  await vi.waitFor(async () => expect((await now(id))?.sent).toMatchObject({ delivered: 5, gaveUp: 1 }), patience);
  await server.acceptAgain("bob");
  await end(id);
});

test("a share of the people is always the same people, and an audience leaves out everybody else", async () => {
  const definition = { version: 1, root: { kind: "event", event: "Joined" } };
  const body = { name: "Joined", definition };
  const { id: audienceId } = await ok(createAudience.answer, "POST", "/api/audiences", body);
  const people = Array.from({ length: 60 }, (_, index) => `s${index}`);
  const halves = await connect();
  const members = await connect();
  await forward(halves, { events: ["Used"], samplePercent: 50 });
  await forward(members, { events: ["Bought"], audienceId });
  server.events.length = 0;
  await send(people.map((userId) => track(userId, "Used")));
  await untilSent(halves);
  const chosen = server.events.map(({ identifier }) => identifier.value).sort();
  expect(chosen.length).toBeGreaterThan(10);
  expect(chosen.length).toBeLessThan(50);
  await send(people.map((userId) => track(userId, "Used")));
  await untilSent(halves);
  expect(server.events.map(({ identifier }) => identifier.value).sort()).toEqual([...chosen, ...chosen].sort());
  server.events.length = 0;
  await send([track("s1", "Joined")]);
  await app.services.memberships.upToDate();
  await send([track("s1", "Bought"), track("s2", "Bought")]);
  await untilSent(members);
  expect(server.events.map(({ identifier }) => identifier.value)).toEqual(["s1"]);
  await end(halves);
  await end(members);
});

test("what cannot be is refused", async () => {
  const id = await connect();
  const refused = async (choices: object, to = id) => {
    const called = await app.call("POST", `/api/destinations/${to}/forwarding`, { choices });
    return { status: called.status, ...errorAnswer.parse(called.body).error };
  };
  expect(await refused({ audienceId: "none" })).toMatchObject({ status: 400, path: "choices.audienceId" });
  expect(await refused({ fields: { drop: ["card"] } })).toMatchObject({ status: 400 });
  expect(await refused({ types: [] })).toMatchObject({ status: 400, path: "choices.types" });
  expect(await refused({}, "none")).toMatchObject({ status: 404 });
  const slack = {
    tool: "slack",
    name: "Slack",
    settings: { webhookUrl: "https://hooks.slack.com/services/T/B/whispered" },
  };
  const { id: people } = await ok(createDestination.answer, "POST", "/api/destinations", slack);
  expect(await refused({}, people)).toMatchObject({ status: 400, message: expect.stringContaining("no events") });
  expect((await app.call("DELETE", `/api/destinations/${id}/forwarding`)).status).toBe(404);
  await end(id);
  await end(people);
});
