import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as z from "zod";
import { createAudience } from "@/core/api/audiences";
import { createDestination, getDestination } from "@/core/api/destinations";
import * as api from "@/core/api/schedules";
import { errorAnswer } from "@/core/api/shared";
import type { FileTiming } from "@/core/files/timing";
import { startS3 } from "@/tests/destinations/s3-server";
import { openTestApp, type TestApp } from "@/tests/support/app";
import { type MailServer, startMailServer } from "@/tests/support/mail-server";
import { advanceSchedule } from "./advance-schedule";
import type { MakeSurroundings } from "./making";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const patience = { timeout: 60_000, interval: 100 };

let app: TestApp;
let mails: MailServer;
let audienceId: string;
let destinationId: string;
beforeAll(async () => {
  mails = await startMailServer({ clear: true });
  app = await openTestApp({
    allowPrivateAddresses: true,
    publicOrigin: "https://foothold.example.com",
    attachmentBytes: 60,
    mail: {
      host: "127.0.0.1",
      port: mails.port,
      secure: false,
      tls: "off",
      credentials: undefined,
      from: { name: "Foothold", address: "foothold@example.com" },
    },
  });
  const { writeKey } = z
    .object({ writeKey: z.string() })
    .parse((await app.call("POST", "/api/sources", { name: "App" })).body);
  const batch = ["ann", "bob"].map((userId) => ({
    type: "track",
    userId,
    event: "Account Created",
    timestamp: "2026-01-01T00:00:00Z",
  }));
  await app.fetch("/v1/batch", { method: "POST", body: JSON.stringify({ writeKey, batch }) });
  ({ id: audienceId } = await audience("Signed up", "Account Created"));
  ({ id: destinationId } = await ok(createDestination.answer, "POST", "/api/destinations", {
    tool: "local-files",
    name: "Files",
    settings: { folder: "out" },
  }));
});
afterAll(async () => {
  await app.close();
  await mails.close();
});

async function ok<Answer>(answer: z.ZodType<Answer>, method: string, path: string, body?: unknown): Promise<Answer> {
  const called = await app.call(method, path, body);
  expect(called.status, JSON.stringify(called.body)).toBeLessThan(300);
  return answer.parse(called.body);
}

const audience = (name: string, event: string) =>
  ok(createAudience.answer, "POST", "/api/audiences", {
    name,
    definition: { version: 1, root: { kind: "event", event } },
  });

const create = (body: object) =>
  ok(api.createSchedule.answer, "POST", "/api/schedules", {
    audienceId,
    timing: { every: "week", on: "monday", at: "09:00" },
    ...body,
  });

async function refused(method: string, path: string, body?: unknown) {
  const called = await app.call(method, path, body);
  return { status: called.status, ...errorAnswer.parse(called.body).error };
}

async function runsOf(id: string): Promise<api.ScheduleRun[]> {
  return (await ok(api.listScheduleRuns.answer, "GET", `/api/schedules/${id}/runs`)).items;
}

/** Runs it, and answers the run once it is over. */
async function ran(id: string): Promise<api.ScheduleRun> {
  const { id: runId } = await ok(api.runSchedule.answer, "POST", `/api/schedules/${id}/run`);
  return vi.waitFor(async () => {
    const run = (await runsOf(id)).find((one) => one.id === runId);
    if (run === undefined || run.finishedAt === null) throw new Error(`Not over yet: ${JSON.stringify(run)}`);
    return run;
  }, patience);
}

test("a file is made now, and stands where it is said to", async () => {
  const { id } = await create({ destinationId });
  const run = await ran(id);
  expect(run).toMatchObject({ status: "done", rows: 2, dueAt: null, message: null, attempts: 1 });
  expect(run.location).toMatch(/\/files\/out\/signed_up\/members\/20[0-9-]+T[0-9-]+Z\.[0-9a-f]{6}\.csv$/);
  const text = await readFile(run.location ?? "", "utf8");
  expect(text).toBe("userId,email\r\nann,\r\nbob,\r\n");
  expect(run.bytes).toBe(Buffer.byteLength(text));
  const { items } = await ok(api.listSchedules.answer, "GET", `/api/schedules?destinationId=${destinationId}`);
  expect(items.find((one) => one.id === id)).toMatchObject({
    lastRun: { id: run.id },
    nextDueAt: expect.stringMatching(/T09:00:00\.000Z$/),
  });
});

test("it goes to S3 alike", async () => {
  const server = await startS3();
  const s3 = await ok(createDestination.answer, "POST", "/api/destinations", {
    tool: "s3",
    name: "Bucket",
    settings: server.settings,
  });
  const { id } = await create({ destinationId: s3.id, format: "ndjson", columns: ["userId"] });
  const run = await ran(id);
  const [[key, object] = []] = [...server.objects];
  expect(run.location).toBe(`s3://audiences/${key}`);
  expect(object).toMatchObject({ text: '{"userId":"ann"}\n{"userId":"bob"}\n', type: "application/x-ndjson" });

  await server.expireCredential();
  const { id: failing } = await ok(api.runSchedule.answer, "POST", `/api/schedules/${id}/run`);
  await vi.waitFor(async () => {
    const [run] = await runsOf(id);
    expect(run).toMatchObject({ id: failing, status: "waiting" });
    expect(run?.message).toContain("InvalidAccessKeyId");
  }, patience);
  const { health } = await ok(getDestination.answer, "GET", `/api/destinations/${s3.id}`);
  expect(health).toMatchObject({ status: "failing", message: expect.stringContaining("InvalidAccessKeyId") });
  await server.renewCredential();
  // To change the destination is to try again at once.
  await ok(z.unknown(), "PATCH", `/api/destinations/${s3.id}`, { name: "Mended" });
  await vi.waitFor(async () => expect((await runsOf(id))[0]).toMatchObject({ id: failing, status: "done" }), patience);
  expect(server.objects.size).toBe(2);
  await server.close();
});

test("a small file is mailed as it is, and a larger one as a link that opens it", async () => {
  const { id } = await create({ emails: ["anna@example.com", "ben@example.com"] });
  const run = await ran(id);
  expect(run).toMatchObject({ status: "done", rows: 2, location: "anna@example.com, ben@example.com" });
  const small = mails.mails.at(-1)?.parsed;
  expect(small).toMatchObject({
    subject: "Signed up: 2 people",
    text: expect.stringContaining("2 people were in “Signed up”"),
    attachments: [{ filename: "signed_up.csv", mimeType: "text/csv" }],
  });
  expect(String(small?.attachments[0]?.content)).toBe("userId,email\r\nann,\r\nbob,\r\n");

  await ok(api.updateSchedule.answer, "PATCH", `/api/schedules/${id}`, {
    columns: ["userId", "email", "a column that makes the file too large to attach"],
  });
  expect(await ran(id)).toMatchObject({ status: "done", location: "anna@example.com, ben@example.com, as a link" });
  const large = mails.mails.at(-1)?.parsed;
  expect(large?.attachments).toEqual([]);
  const [url = ""] = /https:\/\/foothold\.example\.com\/api\/members-links\S+/.exec(large?.text ?? "") ?? [];
  const response = await app.fetch(url.slice("https://foothold.example.com".length));
  expect(await response.text()).toBe(
    "userId,email,a column that makes the file too large to attach\r\nann,,\r\nbob,,\r\n",
  );
});

test("a mail server that fails is tried again, and whom it refuses is told", async () => {
  const { id } = await create({ emails: ["anna@example.com", "gone@example.com"] });
  mails.failNext(1);
  mails.refuse("gone@example.com", 550);
  expect(await ran(id)).toMatchObject({
    status: "done",
    attempts: 2,
    location: "anna@example.com",
    message: expect.stringContaining("gone@example.com was refused"),
  });
});

test("of nobody, the file has its header, and the mail says so", async () => {
  const nobody = await audience("Nobody", "Never Done");
  const { id } = await create({ audienceId: nobody.id, emails: ["anna@example.com"] });
  expect(await ran(id)).toMatchObject({ status: "done", rows: 0 });
  const mail = mails.mails.at(-1)?.parsed;
  expect(mail?.text).toContain("Nobody was in “Nobody”");
  expect(String(mail?.attachments[0]?.content)).toBe("userId,email\r\n");
});

test("what cannot be is refused", async () => {
  const timing = { every: "day", at: "09:00" };
  const hook = await ok(createDestination.answer, "POST", "/api/destinations", {
    tool: "webhook",
    name: "Hook",
    settings: { url: "https://example.com/hook", secret: "whispered-between-us" },
  });
  const post = (body: object) => refused("POST", "/api/schedules", { audienceId, timing, ...body });
  expect(await post({})).toMatchObject({ status: 400, path: "destinationId" });
  expect(await post({ destinationId, emails: ["a@example.com"] })).toMatchObject({ status: 400, path: "emails" });
  expect(await post({ destinationId: hook.id })).toMatchObject({ message: /Webhook takes no files/ });
  expect(await post({ destinationId: "none" })).toMatchObject({ status: 400, path: "destinationId" });
  expect(await post({ emails: ["nobody"] })).toMatchObject({ status: 400, path: "emails[0]" });
  expect(await post({ destinationId, audienceId: "none" })).toMatchObject({ status: 400, path: "audienceId" });
  expect(await post({ destinationId, timing: { every: "day", at: "25:00" } })).toMatchObject({ path: "timing.at" });
});

test("a schedule goes with its destination, and by itself", async () => {
  const other = await ok(createDestination.answer, "POST", "/api/destinations", {
    tool: "local-files",
    name: "Other",
    settings: {},
  });
  const [one, two] = [await create({ destinationId: other.id }), await create({ destinationId })];
  await app.call("DELETE", `/api/destinations/${other.id}`);
  await app.call("DELETE", `/api/schedules/${two.id}`);
  for (const { id } of [one, two]) expect((await app.call("GET", `/api/schedules/${id}`)).status).toBe(404);
});

/** A schedule that the app's own clock has nothing to do with, and which is carried on by hand. */
async function byHand(timing: FileTiming, from: string) {
  const { metadata, workspaceId, env, eventStore, secrets, outgoing, mailer, syncs, log } = app.services;
  const folder = `by-hand-${crypto.randomUUID()}`;
  const own = await ok(createDestination.answer, "POST", "/api/destinations", {
    tool: "local-files",
    name: folder,
    settings: { folder },
  });
  const { id } = await metadata.schedule.create({
    data: { audienceId, destinationId: own.id, columns: ["userId"], format: "csv", timing, doneUntil: new Date(from) },
  });
  let clock = Date.parse(from);
  const around: MakeSurroundings = {
    workspaceId,
    env,
    metadata,
    eventStore,
    secrets,
    outgoing,
    mailer,
    log,
    pacerOf: (destination, perSecond) => syncs.pacerOf(destination, perSecond),
    now: () => new Date(clock),
  };
  return {
    id,
    folder: join(env.filesDir, folder),
    around,
    /** Goes on until there is nothing to do at this moment; answers how long it would wait. */
    async at(moment: string, changed: Partial<MakeSurroundings> = {}): Promise<number> {
      clock = Date.parse(moment);
      for (;;) {
        const next = await advanceSchedule(id, { ...around, ...changed }, new AbortController().signal);
        if (next === "gone") throw new Error("It is gone");
        if (next !== "more") return next.wait;
      }
    },
    runs: async () =>
      (await metadata.scheduleRun.findMany({ where: { scheduleId: id }, orderBy: { id: "asc" } })).map(
        ({ dueAt, status, attempts }) => ({ dueAt: dueAt?.toISOString(), status, attempts }),
      ),
  };
}

const daily: FileTiming = { every: "day", at: "09:00" };

test("each moment has one run, and several that were missed have one for all of them", async () => {
  const { at, runs, folder } = await byHand(daily, "2026-03-01T10:00:00Z");
  expect(await at("2026-03-02T08:59:50.000Z")).toBe(10_000);
  expect(await runs()).toEqual([]);
  await at("2026-03-02T09:00:00.000Z");
  await at("2026-03-02T09:00:00.000Z");
  expect(await at("2026-03-02T12:00:00.000Z")).toBe(60_000);
  expect(await runs()).toEqual([{ dueAt: "2026-03-02T09:00:00.000Z", status: "done", attempts: 1 }]);
  // It stood still for three days.
  await at("2026-03-05T20:00:00.000Z");
  expect((await runs()).map(({ dueAt }) => dueAt)).toEqual(["2026-03-02T09:00:00.000Z", "2026-03-05T09:00:00.000Z"]);
  expect((await readdir(join(folder, "signed_up/members"))).map((name) => name.split(".")[0]).sort()).toEqual([
    "2026-03-02T09-00-00Z",
    "2026-03-05T09-00-00Z",
  ]);
});

test("what was missed is made by itself once there is somebody to make it", async () => {
  const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000).toISOString();
  const { id, runs } = await byHand({ every: "hour", minute: 30 }, twoDaysAgo);
  app.services.schedules.start(id);
  await vi.waitFor(async () => expect(await runs()).toMatchObject([{ status: "done" }]), patience);
  const [run] = await runs();
  const age = Date.now() - Date.parse(run?.dueAt ?? "");
  expect(run?.dueAt).toMatch(/:30:00\.000Z$/);
  expect(age).toBeLessThan(3_660_000);
});

test("a run that was cut off is made again as the same file, and is one run", async () => {
  const { at, runs, folder, id, around } = await byHand(daily, "2026-03-01T10:00:00Z");
  const gone = AbortSignal.abort(new Error("The process ended"));
  const now = () => new Date("2026-03-02T09:00:00Z");
  expect(await advanceSchedule(id, { ...around, now }, gone)).toBe("more");
  await expect(advanceSchedule(id, { ...around, now }, gone)).rejects.toThrow("The process ended");
  const dueAt = "2026-03-02T09:00:00.000Z";
  expect(await runs()).toEqual([{ dueAt, status: "running", attempts: 1 }]);
  await at("2026-03-02T09:01:00Z");
  expect(await runs()).toEqual([{ dueAt, status: "done", attempts: 2 }]);
  const files = await readdir(join(folder, "signed_up/members"));
  expect(files).toHaveLength(1);
  // The file was written, and that it was is not stored.
  await around.metadata.scheduleRun.updateMany({
    where: { scheduleId: id },
    data: { status: "running", finishedAt: null, location: null },
  });
  await at("2026-03-02T09:05:00Z");
  expect(await runs()).toEqual([{ dueAt, status: "done", attempts: 3 }]);
  expect(await readdir(join(folder, "signed_up/members"))).toEqual(files);
});

test("what fails is tried again with growing pauses, and given up in the end; the next moment begins anew", async () => {
  const { at, runs, around, id } = await byHand(daily, "2026-03-01T10:00:00Z");
  const readOnly = { ...around.outgoing, filesDir: "/sys" };
  let clock = Date.parse("2026-03-02T09:00:00Z");
  const waits: number[] = [];
  for (let tries = 0; tries < 10; tries += 1) {
    waits.push(await at(new Date(clock).toISOString(), { outgoing: readOnly }));
    const [run] = await around.metadata.scheduleRun.findMany({ where: { scheduleId: id } });
    expect(run?.message).toMatch(/: \/sys\/by-hand-/);
    clock = run?.retryAt?.getTime() ?? clock;
  }
  expect(Math.min(...waits)).toBeGreaterThan(0);
  expect(await runs()).toEqual([{ dueAt: "2026-03-02T09:00:00.000Z", status: "failed", attempts: 10 }]);
  expect(clock).toBeGreaterThan(Date.parse("2026-03-02T09:40:00Z"));
  await at("2026-03-03T09:00:00Z");
  expect(await runs()).toMatchObject([{ status: "failed" }, { status: "done", dueAt: "2026-03-03T09:00:00.000Z" }]);
});

test("nothing is made while it is paused, and what passed meanwhile is not made up for", async () => {
  const { at, runs, id, around } = await byHand(daily, "2026-03-01T10:00:00Z");
  await around.metadata.schedule.updateMany({ where: { id }, data: { status: "paused" } });
  await at("2026-03-02T09:00:00Z");
  expect(await runs()).toEqual([]);
  const { status } = await ok(api.updateSchedule.answer, "PATCH", `/api/schedules/${id}`, { status: "running" });
  expect(status).toBe("running");
  await app.services.schedules.end(id);
  await at(new Date().toISOString());
  expect(await runs()).toEqual([]);
});
