import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as z from "zod";
import { funnelPeople, previewFunnel } from "@/core/api/funnels";
import type { JsonObject } from "@/core/event/message";
import type { FunnelDefinition } from "@/core/funnel/definition";
import { figureDefinition } from "@/core/funnel/to-audience";
import { openTestApp, type TestApp } from "@/tests/support/app";
import { type StoredMessage, storeIdentities, storeMessages } from "@/tests/support/stored-people";

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

describe("every figure of a worked example", () => {
  // Ada goes straight through; Bea does everything twice; Cem takes the steps in another order; Dan cancels half way; Eva
  // looks elsewhere between; Fay signs up only.
  const [ada, bea, cem, dan, eva, fay] = [21, 22, 23, 24, 25, 26];
  const at = (day: number, minutes: number) => Date.UTC(2026, 9, day) + minutes * 60_000;
  const did = (profile: number | undefined, event: string, timestamp: number, properties: JsonObject = {}) => ({
    profile: profile ?? 0,
    event,
    timestamp,
    properties,
  });
  beforeAll(async () => {
    await storeIdentities(app.services.eventStore, [21, 22, 23, 24, 25, 26]);
    await storeMessages(app.services.eventStore, [
      ...[ada, bea, cem, dan, eva, fay].map(
        (profile, index): StoredMessage => ({
          profile: profile ?? 0,
          type: "identify",
          timestamp: at(1, 0),
          properties: index === 5 ? {} : { team: index % 2 === 0 ? "red" : "blue" },
        }),
      ),
      did(ada, "Open", at(5, 0), { from: "web" }),
      did(ada, "Pick", at(5, 10)),
      did(ada, "Pay", at(5, 30)),
      did(bea, "Open", at(5, 0), { from: "ios" }),
      did(bea, "Open", at(6, 0), { from: "web" }),
      did(bea, "Pick", at(6, 0)),
      did(bea, "Pick", at(6, 5)),
      did(bea, "Pay", at(6, 60)),
      did(cem, "Pay", at(7, 0)),
      did(cem, "Pick", at(7, 1)),
      did(cem, "Open", at(7, 2)),
      did(dan, "Open", at(8, 0)),
      did(dan, "Cancel", at(8, 5)),
      did(dan, "Pick", at(8, 10)),
      did(dan, "Pay", at(8, 20)),
      did(eva, "Open", at(13, 0)),
      did(eva, "Look", at(13, 1)),
      did(eva, "Pick", at(13, 2)),
      did(fay, "Open", at(13, 0), { from: "web" }),
    ]);
  });
  const steps = [{ event: "Open" }, { event: "Pick" }, { event: "Pay" }];
  const example = { steps, window: { amount: 2, unit: "hour" } };
  const optionalPick = [{ event: "Open" }, { event: "Pick", optional: true }, { event: "Pay" }];

  test.each([
    ["ordered", {}, [6, 4, 3]],
    [
      "equal timestamps advance in order of arrival, and a later entry may get further",
      { range: { from: "2026-10-06", to: "2026-10-07" } },
      [1, 1, 1],
    ],
    ["from the first entry only", { entry: "first" }, [6, 3, 2]],
    ["strict: nothing else between", { order: "strict" }, [6, 2, 1]],
    ["in any order", { order: "unordered" }, [6, 5, 4]],
    ["without a cancellation between the first step and the last", { exclude: [{ event: "Cancel" }] }, [6, 3, 2]],
    ["an exclusion that ends before", { exclude: [{ event: "Cancel", after: 2 }] }, [6, 4, 3]],
    ["in any order, without a cancellation", { order: "unordered", exclude: [{ event: "Cancel" }] }, [6, 5, 3]],
    ["an exclusion that would have been a step", { exclude: [{ event: "Pick", before: 2 }] }, [6, 0, 0]],
    ["an optional step", { steps: optionalPick }, [6, 4, 3]],
    [
      "an optional step that nobody does",
      { steps: [{ event: "Open" }, { event: "Fly", optional: true }, { event: "Pay" }] },
      [6, 0, 3],
    ],
    ["the same step twice", { steps: [{ event: "Pick" }, { event: "Pick" }] }, [5, 1]],
  ])("%s", async (_, changes, expected) => {
    const funnel = { ...example, ...changes };
    const answer = await preview({ funnel, asOf });
    expect(answer.steps.map(({ people }) => people)).toEqual(expected);
    for (const [index, { people: count, dropped }] of answer.steps.entries()) {
      const reached = await people({ funnel, step: index + 1, outcome: "reached", asOf });
      expect(reached.items).toHaveLength(count);
      const left = await people({ funnel, step: index + 1, outcome: "dropped", asOf });
      expect(left.items).toHaveLength(dropped);
    }
  });

  test("times run from the step before that was reached, of the chain that starts first", async () => {
    const { steps, startToEnd } = await preview({ funnel: { ...example, steps: optionalPick }, asOf });
    // Ada 10 minutes, Bea at once, Dan 10 minutes, Eva 2 minutes; then 20, 60 and 10.
    expect(steps[1]?.seconds).toEqual({ mean: 330, median: 360, p90: 600 });
    expect(steps[2]?.seconds).toEqual({ mean: 1800, median: 1200, p90: 3120 });
    expect(startToEnd).toEqual({ mean: 2200, median: 1800, p90: 3240 });
  });

  test("by day and by week of entry, in the workspace's zone", async () => {
    const days = await preview({ funnel: example, asOf, overTime: "day" });
    expect(days.overTime?.filter(({ people }) => people.some((count) => count > 0))).toEqual([
      { date: "2026-10-05", people: [1, 1, 1], pending: 0 },
      { date: "2026-10-06", people: [1, 1, 1], pending: 0 },
      { date: "2026-10-07", people: [1, 0, 0], pending: 0 },
      { date: "2026-10-08", people: [1, 1, 1], pending: 0 },
      { date: "2026-10-13", people: [2, 1, 0], pending: 0 },
    ]);
    expect(days.overTime).toHaveLength(9);
    const weeks = await preview({ funnel: example, asOf: "2026-10-13T01:00:00.000Z", overTime: "week" });
    expect(weeks.overTime).toEqual([
      { date: "2026-10-05", people: [4, 3, 3], pending: 0 },
      { date: "2026-10-12", people: [2, 1, 0], pending: 2 },
    ]);
    const entered = { unit: "week", date: "2026-10-12" };
    const { items } = await people({ funnel: example, step: 1, outcome: "reached", entered, asOf });
    expect(items.map(({ id }) => id)).toEqual(["p25", "p26"]);
  });

  test("by trait, by property of a step, and by audience", async () => {
    const groupsOf = async (breakdown: unknown) => {
      const answer = await preview({ funnel: { ...example, breakdown }, asOf });
      expect(answer.breakdownGroups).toBe(answer.breakdown?.length);
      return answer.breakdown?.map(({ value, steps }) => [value, steps.map((step) => step.people)]);
    };
    expect(await groupsOf({ trait: "team" })).toEqual([
      ["red", [3, 2, 1]],
      ["blue", [2, 2, 2]],
      [null, [1, 0, 0]],
    ]);
    expect(await groupsOf({ property: "from", step: 1 })).toEqual([
      ["web", [3, 2, 2]],
      [null, [3, 2, 1]],
    ]);
    const definition = { version: 1, root: { kind: "event", event: "Cancel" } };
    const { id } = Object((await app.call("POST", "/api/audiences", { name: "Cancelled", definition })).body);
    expect(await groupsOf({ audienceId: id })).toEqual([
      [false, [5, 3, 2]],
      [true, [1, 1, 1]],
    ]);
    const group = { value: true };
    const funnel = { ...example, breakdown: { audienceId: id } };
    const { items } = await people({ funnel, step: 3, outcome: "reached", group, asOf });
    expect(items.map(({ id }) => id)).toEqual(["p24"]);
  });

  test("two ranges side by side", async () => {
    const range = { from: "2026-10-05", to: "2026-10-07" };
    const compare = { from: "2026-10-07", to: "2026-10-14" };
    const answer = await preview({ funnel: { ...example, range }, compare, asOf });
    expect(answer.steps.map((step) => step.people)).toEqual([2, 2, 2]);
    expect(answer.compare?.range).toEqual(compare);
    expect(answer.compare?.steps.map((step) => step.people)).toEqual([4, 2, 1]);
  });

  test("a sample says so, and multiplies what it found", async () => {
    const answer = await preview({ funnel: example, sample: 2, asOf });
    expect(answer.sample).toEqual({ of: 2 });
    // These six stand side by side: they are all in it or none of them is, and whoever is counts for two.
    const counts = answer.steps.map((step) => step.people);
    expect(counts.every((count) => count % 2 === 0)).toBe(true);
    expect(counts[0]).toBeLessThanOrEqual(12);
  });

  test("a figure that no sequence can say becomes an audience that stays live", async () => {
    const figure = { step: 2, outcome: "dropped" } as const;
    const funnel: FunnelDefinition = {
      ...example,
      window: { amount: 2, unit: "hour" },
      exclude: [{ event: "Cancel" }],
    };
    const definition = figureDefinition(funnel, figure);
    expect(definition.root.kind).toBe("funnel");
    const answer = await app.call("POST", "/api/audiences/preview", { definition, asOf });
    expect(answer.body).toMatchObject({ count: 1, people: [{ id: "p25" }] });
    const created = await app.call("POST", "/api/audiences", { name: "Picked, never paid", definition });
    const saved = await app.call("GET", `/api/audiences/${Object(created.body).id}?asOf=${asOf}`);
    expect(saved.body).toMatchObject({ count: 1 });
    const explained = await app.call("POST", "/api/profiles/p25/explain", { definition, asOf });
    expect(explained.body).toMatchObject({ member: true, node: { holds: true, kind: "funnel" } });
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
    [{ entry: "last" }, "funnel.entry"],
    [{ steps: [{ event: "A", optional: true }, { event: "B" }] }, "funnel.steps[0].optional"],
    [{ order: "unordered", steps: [{ event: "A" }, { event: "B", optional: true }] }, "funnel.steps[1].optional"],
    [{ exclude: [{ after: 1 }] }, "funnel.exclude[0].event"],
    [{ exclude: [{ event: "X", after: 2 }] }, "funnel.exclude[0].after"],
    [{ exclude: [{ event: "X", before: 1 }] }, "funnel.exclude[0].before"],
    [{ exclude: [{ event: "X", before: 3 }] }, "funnel.exclude[0].before"],
    [
      { exclude: [{ event: "X", where: [{ property: "at", op: "after", value: "soon" }] }] },
      "funnel.exclude[0].where[0].value",
    ],
    [{ breakdown: { property: "plan", step: 3 } }, "funnel.breakdown.step"],
    [{ breakdown: { audienceId: "nobody" } }, "funnel.breakdown.audienceId"],
    [{ breakdown: { trait: "$user_id" } }, "funnel.breakdown.trait"],
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
    [{ step: 1, outcome: "reached", pending: true }, "pending"],
    [{ step: 1, outcome: "reached", group: { value: null } }, "group"],
    [{ step: 2, outcome: "reached", took: { since: "first", from: 5, to: 5 } }, "took.to"],
    [{ step: 1, outcome: "reached", took: { since: "first", from: 5 } }, "took"],
    [{ step: 1, outcome: "reached", entered: { unit: "day", date: "2026-02-30" } }, "entered.date"],
    [{ step: 1, outcome: "reached", cursor: "%" }, "cursor"],
    [{ step: 1, outcome: "reached", cursor: "0_99999999999" }, "cursor"],
    [{ step: 1, outcome: "reached", cursor: "5_1", asOf }, "cursor"],
    [{ step: 1, outcome: "reached", asOf: "now" }, "asOf"],
  ])("%j", async (body, path) => {
    const { status, body: answer } = await app.call("POST", "/api/funnels/people", { funnel, ...body });
    expect({ status, path: Object(answer).error?.path }).toEqual({ status: 400, path });
  });
});
