import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as z from "zod";
import { createFunnel, funnelPeople, listFunnels, previewFunnel } from "@/core/api/funnels";
import type { FunnelDefinition } from "@/core/funnel/definition";
import { openTestApp, type TestApp } from "@/tests/support/app";
import { storeIdentities, storeMessages } from "@/tests/support/stored-people";

const hour = 3_600_000;
const asOfMs = Date.UTC(2026, 10, 23);
const asOf = new Date(asOfMs).toISOString();
const hoursAgo = (hours: number) => asOfMs - hours * hour;

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
  await storeIdentities(app.services.eventStore, [1, 2, 3, 4, 5]);
  await storeIdentities(app.services.eventStore, [9], false);
  await storeMessages(app.services.eventStore, [
    { profile: 1, timestamp: hoursAgo(50), event: "Signed Up", properties: { plan: "team" } },
    { profile: 1, timestamp: hoursAgo(48), event: "Activated" },
    { profile: 2, timestamp: hoursAgo(60), event: "Signed Up", properties: { plan: "trial" } },
    { profile: 2, timestamp: hoursAgo(54), event: "Activated" },
    { profile: 3, timestamp: hoursAgo(24), event: "Signed Up", properties: { plan: "trial" } },
    { profile: 4, timestamp: hoursAgo(25), event: "Signed Up", properties: { plan: "trial" } },
    { profile: 4, timestamp: hoursAgo(-1), event: "Activated" },
    { profile: 5, timestamp: hoursAgo(25), event: "Activated" },
    { profile: 9, timestamp: hoursAgo(2), event: "Signed Up", properties: {} },
  ]);
});
afterAll(() => app.close());

const funnel: FunnelDefinition = {
  steps: [{ event: "Signed Up" }, { event: "Activated", label: "First value" }],
  window: { amount: 1, unit: "day" },
};

async function post<Answer>(path: string, body: unknown, answer: z.ZodType<Answer>): Promise<Answer> {
  const { status, body: sent } = await app.call("POST", path, body);
  expect(status, JSON.stringify(sent)).toBeLessThan(300);
  return answer.parse(sent);
}
const preview = (body: unknown) => post("/api/funnels/preview", body, previewFunnel.answer);
const people = (body: unknown) => post("/api/funnels/people", body, funnelPeople.answer);

describe("preview", () => {
  test("counts people, conversion, drop-off, those who still have time, and times", async () => {
    const { steps, startToEnd, timeToConvert, asOf: answered } = await preview({ funnel, asOf });
    expect(answered).toBe(asOf);
    const times = { mean: 4 * 3600, median: 4 * 3600, p90: 5.6 * 3600 };
    const histogram = {
      edges: Array.from({ length: 13 }, (_, bucket) => bucket * 1_800),
      people: [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1],
    };
    const last = { people: 2, fromFirst: 0.5, fromPrevious: 0.5, dropped: 0, pending: 0, seconds: times, histogram };
    expect(steps).toEqual([
      { label: "Signed Up", people: 4, fromFirst: 1, fromPrevious: 1, dropped: 2, pending: 1 },
      { label: "First value", ...last },
    ]);
    expect(timeToConvert).toEqual(histogram);
    expect(startToEnd).toEqual(times);
  });

  test.each([
    [
      "a filter on a step",
      {
        steps: [
          { event: "Signed Up", where: [{ property: "plan", op: "equals", value: "trial" }] },
          { event: "Activated" },
        ],
      },
      [3, 1],
    ],
    ["a step of any event", { steps: [{ event: "Signed Up" }, {}] }, [4, 2]],
    ["a step of any page", { steps: [{ event: "Signed Up" }, { type: "page" }] }, [4, 0]],
    ["no window", { window: null }, [4, 2]],
    ["a shorter window", { window: { amount: 5, unit: "hour" } }, [4, 1]],
    ["anonymous people", { includeAnonymous: true }, [5, 2]],
    ["a range that bounds the first event", { range: { from: "2026-11-20T20:00:00Z", to: "2026-11-22" } }, [2, 1]],
    [
      "a definition of who is counted",
      { definition: { version: 1, root: { kind: "event", event: "Activated", count: { op: "exactly", value: 0 } } } },
      [2, 0],
    ],
    ["one step", { steps: [{ event: "Activated" }] }, [3]],
    [
      "as many steps as there may be",
      { steps: Array.from({ length: 20 }, () => ({ event: "Signed Up" })) },
      [4, ...Array(19).fill(0)],
    ],
    [
      "names that nobody has sent",
      { steps: [{ event: "'); DROP TABLE messages; --" }, { event: "{p0:String}\\" }] },
      [0, 0],
    ],
  ])("%s", async (_, changes, expected) => {
    const { steps } = await preview({ funnel: { ...funnel, ...changes }, asOf });
    expect(steps.map((step) => step.people)).toEqual(expected);
  });

  test("of an audience, live", async () => {
    const definition = {
      version: 1,
      root: { kind: "event", event: "Signed Up", where: [{ property: "plan", op: "equals", value: "trial" }] },
    };
    const created = await app.call("POST", "/api/audiences", { name: "Trials", definition });
    const { id } = Object(created.body);
    const { steps } = await preview({ funnel: { ...funnel, audienceId: id }, asOf });
    expect(steps.map((step) => step.people)).toEqual([3, 1]);
  });

  test.each(["0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"])("as of %s", async (asOf) => {
    const { steps } = await preview({ funnel, asOf });
    expect(steps.map((step) => step.people)).toEqual(asOf.startsWith("0") ? [0, 0] : [4, 2]);
  });
});

describe("people", () => {
  test("are those of the figure, page by page as of one moment", async () => {
    const first = await people({ funnel, step: 1, outcome: "reached", asOf, limit: 3 });
    expect(first.items.map(({ userId }) => userId)).toHaveLength(3);
    expect(first.asOf).toBe(asOf);
    const second = await people({ funnel, step: 1, outcome: "reached", limit: 3, cursor: first.nextCursor });
    expect(second.asOf).toBe(asOf);
    expect(second.nextCursor).toBeNull();
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(["p1", "p2", "p3", "p4"]);
  });

  test.each([
    [{ step: 2, outcome: "reached" }, ["p1", "p2"]],
    [{ step: 1, outcome: "dropped" }, ["p3", "p4"]],
    [{ step: 2, outcome: "dropped" }, []],
  ])("%j", async (figure, expected) => {
    const { items, nextCursor } = await people({ funnel, ...figure, asOf });
    expect(items.map(({ id }) => id)).toEqual(expected);
    expect(nextCursor).toBeNull();
  });
});

describe("what cannot be is refused at its place", () => {
  test.each([
    [{ steps: [] }, "funnel.steps"],
    [{ steps: [{ event: "" }] }, "funnel.steps[0].event"],
    [{ steps: [{ event: "A", type: "identify" }] }, "funnel.steps[0].type"],
    [{ steps: [{ event: "A", where: [{ property: "a", op: "gt", value: true }] }] }, "funnel.steps[0].where[0].value"],
    [{ window: { amount: 0, unit: "day" } }, "funnel.window.amount"],
    [{ window: { amount: 1, unit: "month" } }, "funnel.window.unit"],
    [{ window: undefined }, "funnel.window"],
    [{ order: "sideways" }, "funnel.order"],
    [{ range: { from: "yesterday", to: "2026-01-01" } }, "funnel.range.from"],
    [{ range: { from: "2026-01-01", to: "2026-01-01" } }, "funnel.range.to"],
    [
      { steps: [{ event: "A" }, { event: "B", where: [{ property: "at", op: "before", value: "soon" }] }] },
      "funnel.steps[1].where[0].value",
    ],
    [{ audienceId: "nobody" }, "funnel.audienceId"],
    [
      { definition: { version: 1, root: { kind: "audience", audienceId: "x", member: true } } },
      "funnel.definition.root.audienceId",
    ],
    [
      { definition: { version: 1, root: { kind: "event", window: { kind: "since", at: "soon" } } } },
      "funnel.definition.root.window.at",
    ],
  ])("%j", async (changes, path) => {
    const sent = { funnel: { ...funnel, ...changes } };
    for (const [url, body] of [
      ["/api/funnels/preview", sent],
      ["/api/funnels/people", { ...sent, step: 1, outcome: "reached" }],
      ["/api/funnels", { ...sent, name: "Wrong" }],
    ] as const) {
      const { status, body: answer } = await app.call("POST", url, body);
      expect({ status, path: Object(answer).error?.path }).toEqual({ status: 400, path });
    }
  });

  test.each([
    [{ step: 3, outcome: "reached" }, "step"],
    [{ step: 0, outcome: "reached" }, "step"],
    [{ step: 1, outcome: "lost" }, "outcome"],
    [{ step: 1, outcome: "reached", cursor: "%" }, "cursor"],
    [{ step: 1, outcome: "reached", cursor: "0_99999999999" }, "cursor"],
    [{ step: 1, outcome: "reached", cursor: "5_1", asOf }, "cursor"],
    [{ step: 1, outcome: "reached", asOf: "now" }, "asOf"],
  ])("%j", async (body, path) => {
    const { status, body: answer } = await app.call("POST", "/api/funnels/people", { funnel, ...body });
    expect({ status, path: Object(answer).error?.path }).toEqual({ status: 400, path });
  });
});

test("a funnel is saved, renamed, redefined, archived and brought back", async () => {
  const saved = await post("/api/funnels", { name: " Sign-up to activation ", funnel }, createFunnel.answer);
  expect(saved).toMatchObject({ name: "Sign-up to activation", description: "", funnel, archivedAt: null });
  const at = `/api/funnels/${saved.id}`;
  const redefined = { ...funnel, window: null };
  expect((await app.call("PATCH", at, { name: "Activation", funnel: redefined })).body).toMatchObject({
    name: "Activation",
    funnel: redefined,
  });
  expect((await app.call("GET", at)).body).toMatchObject({ name: "Activation", funnel: redefined });
  const listed = async (query = "") =>
    listFunnels.answer.parse((await app.call("GET", `/api/funnels${query}`)).body).items.map(({ name }) => name);
  expect(await listed()).toEqual(["Activation"]);
  expect((await app.call("DELETE", at)).body).toMatchObject({ archivedAt: expect.any(String) });
  expect(await listed()).toEqual([]);
  expect(await listed("?archived=true")).toEqual(["Activation"]);
  expect((await app.call("PATCH", at, { archived: false })).body).toMatchObject({ archivedAt: null });
  expect(await app.call("GET", "/api/funnels/none")).toMatchObject({
    status: 404,
    body: { error: { code: "not_found" } },
  });
  expect((await app.call("PATCH", "/api/funnels/none", {})).status).toBe(404);
});

test("saved funnels come page by page, last changed first", async () => {
  const names = ["P1", "P2", "P3"];
  for (const name of names) await post("/api/funnels", { name, funnel }, createFunnel.answer);
  const first = listFunnels.answer.parse((await app.call("GET", "/api/funnels?limit=2")).body);
  expect(first.items.map(({ name }) => name)).toEqual(["P3", "P2"]);
  const second = listFunnels.answer.parse(
    (await app.call("GET", `/api/funnels?limit=1&cursor=${first.nextCursor}`)).body,
  );
  expect(second.items.map(({ name }) => name)).toEqual(["P1"]);
});
