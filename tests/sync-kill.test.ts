import { fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as z from "zod";
import { createAudience, listMembers } from "@/core/api/audiences";
import { createDestination } from "@/core/api/destinations";
import { setForwarding } from "@/core/api/forwarding";
import { createSync, getSync } from "@/core/api/syncs";
import { sql } from "@/server/event-store/sql";
import { startWebhook, type WebhookServer } from "./destinations/webhook-server";
import { openTestApp, type TestApp } from "./support/app";

const rounds = 4;
const people = 700;
const secret = "whispered-between-us";
let dataDir: string;
let server: WebhookServer;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "foothold-sync-kill-"));
  server = await startWebhook(secret);
});
afterAll(async () => {
  await server.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function ok<Answer>(app: TestApp, answer: z.ZodType<Answer>, method: string, path: string, body?: unknown) {
  const called = await app.call(method, path, body);
  expect(called.status, JSON.stringify(called.body)).toBeLessThan(300);
  return answer.parse(called.body);
}

const openApp = () => openTestApp({ dataDir, allowPrivateAddresses: true });

async function setUp() {
  const app = await openApp();
  const { writeKey } = await ok(app, z.object({ writeKey: z.string() }), "POST", "/api/sources", { name: "App" });
  const batch = Array.from({ length: people }, (_, index) => ({
    type: "identify",
    userId: `p${index}`,
    traits: { state: "in" },
  }));
  await app.fetch("/v1/batch", { method: "POST", body: JSON.stringify({ writeKey, batch }) });
  const definition = { version: 1, root: { kind: "trait", trait: "state", op: "equals", value: "in" } };
  const { id: audienceId } = await ok(app, createAudience.answer, "POST", "/api/audiences", { name: "In", definition });
  const settings = { url: `${server.origin}/hook`, secret };
  const hook = { tool: "webhook", name: "Hook", settings };
  const { id: destinationId } = await ok(app, createDestination.answer, "POST", "/api/destinations", hook);
  const { id: syncId } = await ok(app, createSync.answer, "POST", "/api/syncs", { audienceId, destinationId });
  const choices = { events: ["Moved"] };
  await ok(app, setForwarding.answer, "POST", `/api/destinations/${destinationId}/forwarding`, { choices });
  await app.close();
  return { writeKey, audienceId, syncId };
}

/** How many requests there were when each process had ended, of changes and of events. */
const ends: { changes: number; events: number }[] = [];
async function noteEnd() {
  await server.readToTheEnd();
  ends.push({ changes: server.batches.length, events: server.eventBatches.length });
}

/** Which requests came again though they were not under way when a process ended, or came twice from one process. */
function repeatedWithoutReason(requests: readonly string[][], ends: readonly number[]): string[] {
  const cameIn = new Map<string, number>();
  const wrong = new Set<string>();
  const lifeOf = (request: number) => ends.filter((end) => end <= request).length;
  for (const [request, keys] of requests.entries()) {
    for (const key of keys) {
      const before = cameIn.get(key);
      cameIn.set(key, request);
      if (before === undefined) continue;
      const wasUnderWay = lifeOf(before) < lifeOf(request) && ends.includes(before + 1);
      if (!wasUnderWay) {
        wrong.add(
          `request ${before} of life ${lifeOf(before)} again in request ${request} of life ${lifeOf(request)}, lives ended at ${ends}`,
        );
      }
    }
  }
  return [...wrong];
}

/** Lets the product work until it has sent a few requests more, and kills it so many milliseconds after that. */
async function workUntilKilled(writeKey: string, round: number): Promise<void> {
  const begun = server.batches.length;
  const child = fork(
    join(import.meta.dirname, "support/sync-kill-child.ts"),
    [dataDir, writeKey, String(people), String(round + 1)],
    { execArgv: ["--import", "tsx"] },
  );
  const ended = new Promise<string>((resolve) => child.on("exit", (code, signal) => resolve(signal ?? String(code))));
  const opened = new Promise<void>((resolve) => child.once("message", () => resolve()));
  await Promise.race([opened, ended]);
  while (server.batches.length < begun + 1 + round && child.exitCode === null) await sleep(1);
  await sleep(round * 7);
  child.kill("SIGKILL");
  expect(await ended).toBe("SIGKILL");
  await noteEnd();
}

test(`${rounds} kills while people and events are sent lose none and repeat nothing but the request under way`, {
  timeout: 300_000,
}, async () => {
  const { writeKey, audienceId, syncId } = await setUp();
  await noteEnd();
  for (let round = 0; round < rounds; round += 1) await workUntilKilled(writeKey, round);
  const app = await openApp();
  try {
    await vi.waitFor(
      async () => {
        const { items } = await ok(app, listMembers.answer, "GET", `/api/audiences/${audienceId}/members?limit=1000`);
        expect(server.members()).toEqual(items.map(({ userId }) => userId).sort());
        expect((await ok(app, getSync.answer, "GET", `/api/syncs/${syncId}`)).phase).toBe("changes");
        const moved = sql`SELECT DISTINCT message_id AS id FROM messages WHERE event = 'Moved'`;
        const stored = await app.services.eventStore.query(moved, z.strictObject({ id: z.string() }));
        expect(new Set(server.events.map(({ id }) => id))).toEqual(new Set(stored.map(({ id }) => id)));
      },
      { timeout: 120_000, interval: 250 },
    );
  } finally {
    await app.close();
  }
  const counts = { changes: ends.map(({ changes }) => changes), events: ends.map(({ events }) => events) };
  expect(repeatedWithoutReason(server.batches, counts.changes)).toEqual([]);
  expect(repeatedWithoutReason(server.eventBatches, counts.events)).toEqual([]);
  // Each person's changes came in their order: in and out by turns.
  const last = new Map<string, string>();
  for (const { identifier, change } of server.changes) {
    expect(last.get(identifier.value) ?? "exited", identifier.value).not.toBe(change);
    last.set(identifier.value, change);
  }
  expect(server.batches.length).toBeGreaterThan(rounds);
  // Each person's events came first in their order.
  const places = new Map<string, number>();
  const told = new Set<string>();
  for (const { id, identifier, properties } of server.events) {
    if (told.has(id)) continue;
    told.add(id);
    const place = Number(properties.place);
    expect(place, identifier.value).toBeGreaterThan(places.get(identifier.value) ?? 0);
    places.set(identifier.value, place);
  }
  expect(told.size).toBeGreaterThan(rounds);
});
