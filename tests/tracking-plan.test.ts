import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { listArrived, listKept, listKeptReasons, liveBatch, replayKept } from "@/core/api/debugger";
import type { Endpoint } from "@/core/api/endpoint";
import { getIngestHealth } from "@/core/api/ingest-health";
import {
  exportPlan,
  getPlan,
  listPlanVersions,
  listViolations,
  readPlanFile,
  savePlan,
  setEnforcement,
  suggestRules,
} from "@/core/api/tracking-plan";
import { openTestApp, type TestApp } from "./support/app";
import { testToken } from "./support/services";

let app: TestApp;
let source: { id: string; writeKey: string };

beforeAll(async () => {
  app = await openTestApp();
  const { body } = await app.call("POST", "/api/sources", { name: "Website" });
  source = z.object({ id: z.string(), writeKey: z.string() }).parse(body);
});
afterAll(() => app.close());

async function call<Answer extends z.ZodType>(
  endpoint: Endpoint<z.ZodType, z.ZodType, z.ZodType, Answer>,
  address: string,
  body?: unknown,
): Promise<z.output<Answer>> {
  const { status, body: answer } = await app.call(endpoint.method, address, body);
  expect(status, JSON.stringify(answer)).toBe(endpoint.status ?? 200);
  return endpoint.answer.parse(answer);
}

async function send(
  messages: readonly object[],
  around: object = {},
): Promise<{ rejected?: { index: number; code: string }[] }> {
  const response = await app.fetch("/v1/batch", {
    method: "POST",
    body: JSON.stringify({ writeKey: source.writeKey, batch: messages, ...around }),
  });
  expect(response.status).toBe(200);
  return response.json();
}
const track = (event: string, properties: object, more: object = {}) => ({
  type: "track",
  event,
  userId: "u1",
  properties,
  ...more,
});

const rule = (onViolation?: string) => ({
  type: "track",
  event: "Account Created",
  ...(onViolation ? { onViolation } : {}),
  properties: [
    { name: "plan", types: ["string"], values: ["trial", "pro"], required: true },
    { name: "seats", types: ["integer"], minimum: 1 },
  ],
});
async function plan(...rules: object[]) {
  const { version: base } = await call(getPlan, "/api/tracking-plan");
  return call(savePlan, "/api/tracking-plan", { definition: { version: 1, rules }, base });
}
const people = async (event: string, where: object[] = []) => {
  const definition = { version: 1, root: { kind: "event", event, where } };
  const { body } = await app.call("POST", "/api/audiences/preview", { definition });
  return z.object({ count: z.int() }).parse(body).count;
};
const kept = async (query: string) => (await call(listKept, `/api/debugger/kept?${query}`)).items;

describe("a tracking plan", () => {
  test("is adopted from what has been seen, with types and what is required as they were", async () => {
    const plans = ["trial", "pro", "trial", "pro", "trial", "pro", "trial", "pro", "trial", "pro"];
    await send(
      plans.map((name, index) => track("Account Created", { plan: name, ...(index % 2 ? { seats: index } : {}) })),
    );
    await send([{ type: "identify", userId: "u1", traits: { email: "a@b.c", signed_up: "2026-11-01" } }]);
    const { items } = await call(suggestRules, "/api/tracking-plan/suggestions");
    expect(items.map(({ rule: { type, event } }) => [type, event])).toEqual([
      ["track", "Account Created"],
      ["identify", undefined],
    ]);
    expect(items[0]).toMatchObject({
      count: 10,
      read: 10,
      rule: {
        properties: [
          { name: "plan", types: ["string"], required: true },
          { name: "seats", types: ["integer"] },
        ],
      },
      seen: [
        { name: "plan", seenIn: 10, values: ["trial", "pro"] },
        { name: "seats", seenIn: 5 },
      ],
    });
    expect(items[1]?.rule.properties).toContainEqual({ name: "signed_up", types: ["date-time"] });
    const saved = await call(savePlan, "/api/tracking-plan", {
      definition: { version: 1, rules: items.map((item) => item.rule) },
      base: 0,
    });
    expect(saved.version).toBe(1);
    expect((await call(suggestRules, "/api/tracking-plan/suggestions")).items).toEqual([]);
  });

  test("marks messages that violate it, and groups what it found with the name that was meant", async () => {
    await plan(rule());
    expect(await send([track("Account Created", { plan: "gold", seats: 0 }), track("Acount Created", {})])).toEqual({
      success: true,
    });
    expect(await people("Account Created", [{ property: "plan", op: "equals", value: "gold" }])).toBe(1);
    const { items } = await call(listViolations, "/api/tracking-plan/violations?days=1");
    const found = items.map(({ kind, event, property, count, marked, nearest }) => ({
      kind,
      event,
      property,
      count,
      marked,
      nearest,
    }));
    const one = { count: 1, marked: 1 };
    expect(found).toEqual([
      { kind: "not_allowed", event: "Account Created", property: "plan", nearest: null, ...one },
      { kind: "range", event: "Account Created", property: "seats", nearest: null, ...one },
      { kind: "unplanned_event", event: "Acount Created", property: "", nearest: "Account Created", ...one },
    ]);
    expect(items[0]?.examples).toMatchObject([
      { userId: "u1", value: "gold", message: 'plan is the text "gold"; it must be "trial" or "pro".' },
    ]);
    expect(items[0]?.daily).toEqual([1]);
  });

  test("takes a message without what is wrong where an event says so, and keeps what it took away", async () => {
    await plan(rule("drop"));
    await send([track("Account Created", { plan: "trial", seats: "many", city: "Kyiv" }, { messageId: "dropped-1" })]);
    const { items } = await call(listArrived, `/api/debugger/messages?sourceId=${source.id}&verdict=violating&limit=1`);
    expect(items[0]).toMatchObject({
      verdict: "accepted",
      enforced: "drop",
      raw: { properties: { seats: "many" } },
      normalised: {
        properties: { plan: "trial", city: "Kyiv" },
        extra: { $plan: { dropped: { seats: "many" }, violations: [{ kind: "wrong_type", property: "seats" }] } },
      },
    });
  });

  test("holds back what a source is told to, also from a file, and lets it pass once the plan is mended", async () => {
    await plan(rule());
    await call(setEnforcement, `/api/tracking-plan/sources/${source.id}`, {
      violations: "block",
      unplannedEvents: "block",
    });
    const before = await people("Account Created", [{ property: "plan", op: "equals", value: "team" }]);
    const sent = [
      track("Account Created", { plan: "team" }, { userId: "held-1", messageId: "held-1" }),
      track("Account Created", { plan: "trial" }, { userId: "ok-1" }),
    ];
    const context = { campaign: { name: "spring" } };
    const { rejected } = await send(sent, { context, sentAt: "2026-03-01T00:00:00.000Z" });
    expect(rejected).toMatchObject([{ index: 0, code: "blocked_by_plan" }]);
    const single = await app.fetch("/v1/track", {
      method: "POST",
      body: JSON.stringify({ ...track("Account Created", { plan: "solo" }), writeKey: source.writeKey }),
    });
    expect(single.status).toBe(400);
    expect(await single.json()).toMatchObject({ message: expect.stringContaining('plan is the text "solo"') });

    const file = gzipSync(`${JSON.stringify(track("Account Created", { plan: "team" }, { userId: "held-2" }))}\n`);
    const started = await app.fetch(`/api/imports?sourceId=${source.id}&format=ndjson`, {
      method: "POST",
      headers: { authorization: `Bearer ${testToken}` },
      body: file,
    });
    const { id } = z.object({ id: z.string() }).parse(await started.json());
    await expect
      .poll(async () => (await app.call("GET", `/api/imports/${id}`)).body)
      .toMatchObject({ status: "done", read: 1, rejected: 1, errors: [{ line: 1, code: "blocked_by_plan" }] });

    const held = await kept("verdict=blocked");
    expect(held.map(({ userId }) => userId).sort()).toEqual(["held-1", "held-2", "u1"]);
    const [first] = held.filter(({ messageId }) => messageId === "held-1");
    expect(first).toMatchObject({
      replayable: true,
      violations: [{ kind: "not_allowed", property: "plan" }],
      replay: null,
    });

    const reason = { verdict: "blocked", code: "blocked_by_plan" };
    expect(await call(replayKept, "/api/debugger/replay", { reason })).toMatchObject({
      tried: 3,
      accepted: 0,
      blocked: 3,
      left: 0,
    });
    await plan({ ...rule(), properties: [{ name: "plan", types: ["string"], values: ["trial", "pro", "team"] }] });
    expect(await call(replayKept, "/api/debugger/replay", { ids: [first?.id] })).toMatchObject({
      tried: 1,
      accepted: 1,
    });
    expect(await call(replayKept, "/api/debugger/replay", { reason })).toMatchObject({
      tried: 2,
      accepted: 1,
      blocked: 1,
    });
    expect(await people("Account Created", [{ property: "plan", op: "equals", value: "team" }])).toBe(before + 2);
    expect(await people("Account Created", [{ context: "campaign.name", op: "equals", value: "spring" }])).toBe(2);
    const { body } = await app.call("GET", "/api/profiles?userId=held-1");
    const [person] = z.object({ items: z.array(z.object({ firstSeen: z.string() })) }).parse(body).items;
    expect(person?.firstSeen).toBe(first?.receivedAt);
    // What was let pass is counted once, whatever is replayed again.
    expect(await call(replayKept, "/api/debugger/replay", { ids: [first?.id] })).toMatchObject({ tried: 0 });
    expect((await kept("verdict=blocked")).find(({ id: one }) => one === first?.id)?.replay).toMatchObject({
      outcome: "accepted",
    });
    await call(setEnforcement, `/api/tracking-plan/sources/${source.id}`, {
      violations: "mark",
      unplannedEvents: "mark",
    });
  });

  test("has versions that say what changed, refuses a change of one that no longer holds, and goes back", async () => {
    const held = await call(getPlan, "/api/tracking-plan");
    const definition = { version: 1, rules: [rule(), { type: "page", properties: [] }] };
    expect((await app.call("PATCH", "/api/tracking-plan", { definition, base: held.version - 1 })).status).toBe(409);
    await call(savePlan, "/api/tracking-plan", { definition, base: held.version, note: "Pages" });
    const [newest] = (await call(listPlanVersions, "/api/tracking-plan/versions?limit=2")).items;
    expect(newest).toMatchObject({
      version: held.version + 1,
      note: "Pages",
      createdBy: { kind: "environment" },
      changes: [
        {
          kind: "changed",
          text: 'Account Created: plan is required, text, one of "trial" or "pro", was text, one of "trial", "pro" or "team"',
        },
        { kind: "added", text: "Account Created: seats, a whole number, at least 1" },
        { kind: "added", text: "Pages, with 0 properties" },
      ],
    });
    const { status } = await app.call("POST", "/api/tracking-plan/restore", { version: held.version });
    expect(status).toBe(200);
    expect((await call(getPlan, "/api/tracking-plan")).definition).toEqual(held.definition);
  });

  test("comes from a plan of Segment, says what it cannot check, and goes back as one", async () => {
    const jsonSchema = {
      $schema: "http://json-schema.org/draft-07/schema#",
      type: "object",
      properties: {
        context: {},
        traits: {},
        properties: {
          type: "object",
          properties: {
            total: { type: ["number"], description: "In dollars", minimum: 0, multipleOf: 0.01 },
            code: { type: "string", pattern: "(?=A)B" },
            when: { type: "string", format: "date-time" },
          },
          required: ["total"],
        },
      },
      required: ["properties"],
    };
    const rules = [
      { type: "TRACK", key: "Order Completed", version: 1, jsonSchema },
      { type: "COMMON", version: 1, jsonSchema: { type: "object" } },
    ];
    const read = await call(readPlanFile, "/api/tracking-plan/read", { plan: { data: { rules } } });
    expect(read.definition.rules).toEqual([
      {
        type: "track",
        event: "Order Completed",
        properties: [
          { name: "total", description: "In dollars", required: true, types: ["number"], minimum: 0 },
          { name: "code", types: ["string"] },
          { name: "when", types: ["date-time"] },
        ],
      },
    ]);
    expect(read.leftOut.map(({ path }) => path)).toEqual([
      "COMMON",
      "Order Completed: total.multipleOf",
      "Order Completed: code.pattern",
    ]);
    await plan(...read.definition.rules);
    const exported = await call(exportPlan, "/api/tracking-plan/export");
    expect(await call(readPlanFile, "/api/tracking-plan/read", { plan: exported })).toMatchObject({
      definition: read.definition,
      leftOut: [],
      changes: [],
    });
    const refused = await app.call("POST", "/api/tracking-plan/read", { plan: { events: [] } });
    expect(refused).toMatchObject({ status: 400, body: { error: { code: "invalid" } } });
  });
});

describe("what comes in", () => {
  test("is counted as it was answered, by minute and reason, and kept aside with its reason", async () => {
    const before = new Map(Object.entries((await call(getIngestHealth, "/api/ingest-health")).total));
    const now = Date.now();
    const iso = (moment: number) => new Date(moment).toISOString();
    const sent = [
      track("E", {}, { messageId: "m1" }),
      track("E", {}, { messageId: "m1" }),
      { type: "track", event: "E", properties: {} },
      track("", {}),
      track("E", {}, { timestamp: iso(now - 7_200_000) }),
      track("E", {}, { timestamp: iso(now + 3_600_000) }),
    ];
    await send(sent);
    await send([track("E", {}, { timestamp: iso(now - 3_600_000) })], { sentAt: iso(now - 3_600_000) });
    const { total, reasons, buckets, sources } = await call(getIngestHealth, "/api/ingest-health?interval=hour&last=2");
    const grown = Object.fromEntries(
      Object.entries(total).map(([name, count]) => [name, count - (before.get(name) ?? 0)]),
    );
    expect(grown).toMatchObject({
      received: 7,
      accepted: 4,
      duplicate: 1,
      refused: 2,
      late: 1,
      future: 1,
      wrongClock: 1,
      turnedAway: 0,
    });
    expect(reasons.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["missing_id", "missing_event", "blocked_by_plan"]),
    );
    expect(buckets).toHaveLength(2);
    expect(buckets.reduce((sum, { received }) => sum + received, 0)).toBe(total.received);
    expect(sources).toEqual([{ sourceId: source.id, ...total }]);
    expect(await kept("verdict=duplicate&user=u1")).toMatchObject([
      { messageId: "m1", code: "duplicate", replayable: true },
    ]);
    const { items } = await call(listKeptReasons, "/api/debugger/reasons");
    expect(items.find(({ code }) => code === "missing_id")).toMatchObject({ verdict: "refused", count: 1 });
    expect(
      await call(replayKept, "/api/debugger/replay", { reason: { verdict: "duplicate", code: "duplicate" } }),
    ).toMatchObject({
      tried: 1,
      duplicate: 1,
    });
  });

  test("is seen while it comes, by those alone who asked for it, until they go", async () => {
    const stop = new AbortController();
    const response = await app.fetch(`/api/debugger/stream?sourceId=${source.id}&event=watched`, {
      headers: { authorization: `Bearer ${testToken}` },
      signal: stop.signal,
    });
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    await reader?.read();
    await send(
      [
        track("Other", {}),
        track("Watched", { plan: "trial" }, { timestamp: "2026-01-01T00:00:00.000Z", messageId: "w" }),
      ],
      {
        sentAt: "2026-01-01T00:00:05.000Z",
      },
    );
    const { value = "" } = (await reader?.read()) ?? {};
    const data = value.split("\n").find((line) => line.startsWith("data: "));
    const { items } = liveBatch.parse(JSON.parse(data?.slice(6) ?? ""));
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      event: "Watched",
      verdict: "accepted",
      raw: { timestamp: "2026-01-01T00:00:00.000Z" },
    });
    const { clockMs, normalised, profileId } = items[0] ?? {};
    expect(clockMs).toBe(Date.parse(normalised?.timestamp ?? "") - Date.parse("2026-01-01T00:00:00.000Z"));
    expect(Date.parse(normalised?.receivedAt ?? "") - Date.parse(normalised?.timestamp ?? "")).toBe(5_000);
    const { body } = await app.call("GET", "/api/profiles?userId=u1");
    expect(profileId).toBe(z.object({ items: z.array(z.object({ id: z.string() })) }).parse(body).items[0]?.id);
    app.services.live.end();
    expect((await reader?.read())?.done).toBe(true);
    stop.abort();
  });
});
