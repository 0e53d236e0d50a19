import Rudder from "@rudderstack/rudder-sdk-node";
import { Analytics } from "@segment/analytics-node";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createSource, getSource } from "@/core/api/sources";
import { type ListeningApp, openListeningApp } from "./support/listening-app";

let server: ListeningApp;
beforeAll(async () => {
  server = await openListeningApp();
});
afterAll(() => server.close());

async function makeSource(settings: object = {}) {
  const { body } = await server.app.call("POST", "/api/sources", { name: "Server", ...settings });
  return createSource.answer.parse(body);
}

async function storedOf(id: string) {
  return getSource.answer.parse((await server.app.call("GET", `/api/sources/${id}`)).body);
}

/** An SDK as people set it up, with the statuses that it is answered. */
function openSegment(writeKey: string, flushAt: number) {
  const analytics = new Analytics({ writeKey, host: server.host, flushAt });
  const failures: unknown[] = [];
  const statuses: number[] = [];
  analytics.on("error", (error) => failures.push(error));
  analytics.on("http_response", ({ status }) => statuses.push(status));
  return { analytics, failures, statuses };
}

test("analytics-node waits as long as a 429 says, and sends all of it once", async () => {
  const { id, writeKey } = await makeSource({ rateLimit: { perSecond: 40, burst: 10 } });
  const { analytics, failures, statuses } = openSegment(writeKey, 15);
  const begun = performance.now();
  for (let n = 0; n < 60; n += 1) analytics.track({ userId: "ada", event: "Report Opened", properties: { n } });
  await analytics.closeAndFlush({ timeout: 20_000 });
  expect(failures).toEqual([]);
  expect(statuses).toContain(429);
  // Faster than its patience without a Retry-After, slower than without a limit.
  expect(performance.now() - begun).toBeGreaterThan(900);
  expect((await storedOf(id)).messages).toBe(60);
});

test("analytics-node, whose answers are lost, sends again, and each message counts once", async () => {
  const { id, writeKey } = await makeSource();
  const { analytics, failures, statuses } = openSegment(writeKey, 10);
  server.loseAnswers(3);
  for (let n = 0; n < 50; n += 1) analytics.track({ userId: "ada", event: "Report Opened", properties: { n } });
  await analytics.closeAndFlush({ timeout: 20_000 });
  expect(failures).toEqual([]);
  expect(statuses).toEqual([200, 200, 200, 200, 200]);
  expect(await storedOf(id)).toMatchObject({ messages: 50, rejections: [] });
});

test("RudderStack's SDK, whose answers are lost, sends again, and each message counts once", async () => {
  const { id, writeKey } = await makeSource();
  const failures: unknown[] = [];
  const rudder = new Rudder(writeKey, {
    dataPlaneUrl: server.host,
    flushAt: 10,
    errorHandler: (error) => failures.push(error),
  });
  server.loseAnswers(2);
  for (let n = 0; n < 30; n += 1) rudder.track({ userId: "ada", event: "Report Opened", properties: { n } });
  await rudder.flush();
  await vi.waitFor(async () => expect((await storedOf(id)).messages).toBe(30), 20_000);
  expect(failures).toEqual([]);
});

test("ten thousand repetitions of the same messages count once, over all endpoints at the same time", async () => {
  const { id, writeKey } = await makeSource();
  const message = (n: number) => ({ type: "track", userId: `u${n}`, event: "Paid", messageId: `order-${n}` });
  const batch = JSON.stringify({ writeKey, batch: Array.from({ length: 100 }, (_, n) => message(n)) });
  const single = JSON.stringify({ writeKey, ...message(7) });
  const answers = await Promise.all(
    Array.from({ length: 100 }, async (_, turn) => [
      await server.app.fetch("/v1/batch", { method: "POST", body: batch }),
      await server.app.fetch(turn % 2 === 0 ? "/v1/track" : "/v1/t", { method: "POST", body: single }),
    ]),
  );
  expect(new Set(answers.flat().map(({ status }) => status))).toEqual(new Set([200]));
  expect((await storedOf(id)).messages).toBe(100);
  const definition = { version: 1, root: { kind: "event", event: "Paid", count: { op: "exactly", value: 1 } } };
  const { body } = await server.app.call("POST", "/api/audiences/preview", { definition });
  expect(body).toMatchObject({ count: 100 });
});
