import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as z from "zod";
import { createAudience } from "@/core/api/audiences";
import { createDestination } from "@/core/api/destinations";
import { createSchedule, listScheduleRuns } from "@/core/api/schedules";
import { openTestApp, type TestApp } from "./support/app";

const people = 3_000;
/** Milliseconds that a process lives after its schedule has become due. */
const lives = [0, 20, 60, 150, 400];
let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "foothold-schedule-kill-"));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const openApp = () => openTestApp({ dataDir, filesDir: join(dataDir, "files") });

async function ok<Answer>(app: TestApp, answer: z.ZodType<Answer>, method: string, path: string, body?: unknown) {
  const called = await app.call(method, path, body);
  expect(called.status, JSON.stringify(called.body)).toBeLessThan(300);
  return answer.parse(called.body);
}

async function setUp(): Promise<string> {
  const app = await openApp();
  const { writeKey } = await ok(app, z.object({ writeKey: z.string() }), "POST", "/api/sources", { name: "App" });
  for (let from = 0; from < people; from += 1_000) {
    const batch = Array.from({ length: 1_000 }, (_, index) => ({
      type: "track",
      userId: `p${from + index}`,
      event: "Account Created",
      timestamp: "2026-01-01T00:00:00Z",
    }));
    await app.fetch("/v1/batch", { method: "POST", body: JSON.stringify({ writeKey, batch }) });
  }
  const definition = { version: 1, root: { kind: "event", event: "Account Created" } };
  const { id: audienceId } = await ok(app, createAudience.answer, "POST", "/api/audiences", {
    name: "All",
    definition,
  });
  const folder = { tool: "local-files", name: "Files", settings: { folder: "out" } };
  const { id: destinationId } = await ok(app, createDestination.answer, "POST", "/api/destinations", folder);
  const schedule = { audienceId, destinationId, columns: ["userId"], timing: { every: "hour", minute: 59 } };
  const { id } = await ok(app, createSchedule.answer, "POST", "/api/schedules", schedule);
  await ok(app, z.unknown(), "PATCH", `/api/schedules/${id}`, { status: "paused" });
  await app.close();
  return id;
}

/** What there is once nothing is being made any more; then it rests until the next round. */
async function settled(id: string, minute: string) {
  const app = await openApp();
  const runs = async () => (await ok(app, listScheduleRuns.answer, "GET", `/api/schedules/${id}/runs`)).items;
  await vi.waitFor(
    async () => {
      const found = await runs();
      expect(found.filter(({ dueAt }) => dueAt?.endsWith(`:${minute}:00.000Z`))).not.toEqual([]);
      expect(found.filter(({ status }) => status !== "done")).toEqual([]);
    },
    { timeout: 120_000, interval: 200 },
  );
  await ok(app, z.unknown(), "PATCH", `/api/schedules/${id}`, { status: "paused" });
  const all = await runs();
  await app.close();
  return all;
}

test("killed at any moment, each moment of a schedule has one run and one whole file", {
  timeout: 900_000,
}, async () => {
  const id = await setUp();
  for (const [round, life] of lives.entries()) {
    const child = fork("tests/support/schedule-kill-child.ts", [dataDir, id, String(round * 9)], {
      execArgv: ["--import", "tsx"],
      env: { ...process.env, UV_THREADPOOL_SIZE: "16" },
    });
    const exited = once(child, "exit");
    const [said] = await Promise.race([once(child, "message"), exited]);
    expect(said).toBe("due");
    await sleep(life);
    child.kill("SIGKILL");
    await exited;

    const runs = await settled(id, String(round * 9).padStart(2, "0"));
    const dues = runs.map(({ dueAt }) => dueAt);
    expect(new Set(dues).size).toBe(dues.length);
    const folder = join(dataDir, "files/out/all/members");
    expect((await readdir(folder)).map((name) => join(folder, name)).sort()).toEqual(
      runs.map(({ location }) => location).sort(),
    );
    for (const { location, rows } of runs) {
      expect(rows).toBe(people);
      expect((await readFile(location ?? "", "utf8")).trimEnd().split("\r\n")).toHaveLength(people + 1);
    }
  }
});
