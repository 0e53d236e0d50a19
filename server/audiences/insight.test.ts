import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as z from "zod";
import * as insight from "@/core/api/audience-insight";
import { createAudience } from "@/core/api/audiences";
import { errorAnswer } from "@/core/api/shared";
import type { AudienceDefinition, AudienceTree } from "@/core/audience/definition";
import type { JsonObject } from "@/core/event/message";
import { loadPeople } from "@/tests/parity/load";
import { openTestApp, type TestApp } from "@/tests/support/app";
import { testToken } from "@/tests/support/services";

const asOf = "2026-11-23T12:00:00.000Z";
const at = (text: string) => Date.parse(text);

/** Ten known people who are identified on the 20th, and a visitor. The first five sign up that day, the others 30 minutes before the 23rd. */
const traits: readonly JsonObject[] = [
  { plan: "trial", company: { size: 10 } },
  { plan: "trial", "company.size": 20, company: { size: 1 } },
  { plan: "trial", company: [{ size: 1 }, { size: 2 }] },
  { plan: "trial", company: { size: null } },
  { plan: "trial" },
  { plan: "pro" },
  { plan: "" },
  { plan: null },
  {},
  { plan: ["a"] },
  {},
];

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
  let arrival = 0;
  const message = (profile: number, type: "identify" | "track", when: string, properties: JsonObject) => ({
    messageId: `${profile} ${arrival}`,
    type,
    event: type === "track" ? "Account Created" : "",
    timestamp: at(when),
    arrival: arrival++,
    properties,
    context: {},
  });
  await loadPeople(
    app.services.eventStore,
    traits.map((given, profile) => ({
      profile,
      userId: profile === 10 ? null : `user ${profile}`,
      anonymousIds: profile === 10 ? ["visitor"] : [],
      messages: [
        message(profile, "identify", "2026-11-20T09:00:00Z", given),
        ...(profile === 4 ? [message(profile, "identify", "2026-11-21T00:00:00Z", { plan: "pro" })] : []),
        message(profile, "track", profile < 5 ? "2026-11-20T10:00:00Z" : "2026-11-22T23:30:00Z", {}),
      ],
    })),
  );
});
afterAll(() => app.close());

const definition = (root: AudienceTree, includeAnonymous?: boolean): AudienceDefinition => ({
  version: 1,
  root,
  ...(includeAnonymous && { includeAnonymous }),
});
const created = definition({ kind: "event", event: "Account Created" });
const lately = definition({
  kind: "event",
  event: "Account Created",
  window: { kind: "last", amount: 1, unit: "day" },
});
const trial = definition({ kind: "trait", trait: "plan", op: "equals", value: "trial" });
const fellow = definition({ kind: "audience", audienceId: "nobody", member: true });

async function ask<Answer>(answer: z.ZodType<Answer>, name: string, body: object): Promise<Answer> {
  const called = await app.call("POST", `/api/audiences/${name}`, body);
  expect(called.status, JSON.stringify(called.body)).toBe(200);
  return answer.parse(called.body);
}

async function refused(name: string, body: object) {
  const called = await app.call("POST", `/api/audiences/${name}`, body);
  return { status: called.status, ...errorAnswer.parse(called.body).error };
}

const idsOf = ({ people }: { people: { id: string }[] }) => people.map(({ id }) => id);

describe("comparing two definitions", () => {
  const compare = (body: object) => ask(insight.compareDefinitions.answer, "compare", { asOf, ...body });

  test("tells who enters, leaves and stays, and gives some of each", async () => {
    const compared = await compare({ before: trial, after: lately, limit: 2 });
    expect(compared).toMatchObject({
      asOf,
      before: { count: 4, candidates: 10 },
      after: { count: 5, candidates: 10 },
      entering: { count: 5 },
      leaving: { count: 4 },
      staying: { count: 0, people: [] },
    });
    expect(idsOf(compared.entering)).toEqual(["p5", "p6"]);
    expect(idsOf(compared.leaving)).toEqual(["p0", "p1"]);
    expect(compared.leaving.people[0]).toMatchObject({ userId: "user 0", traits: { plan: "trial" } });
  });

  test("takes each by its own includeAnonymous, and traits as of the moment", async () => {
    const wider = await compare({ before: created, after: { ...created, includeAnonymous: true } });
    expect(wider).toMatchObject({
      after: { count: 11, candidates: 11 },
      staying: { count: 10 },
      leaving: { count: 0 },
    });
    expect(idsOf(wider.entering)).toEqual(["p10"]);
    const earlier = await compare({ before: trial, after: created, asOf: "2026-11-20T12:00:00.000Z", limit: 0 });
    expect(earlier).toMatchObject({ before: { count: 5 }, entering: { count: 0 }, staying: { count: 5, people: [] } });
  });

  test("refuses what is wrong in either, with the path", async () => {
    const broken = definition({ kind: "event", window: { kind: "since", at: "soon" } });
    expect(await refused("compare", { before: broken, after: trial })).toMatchObject({
      status: 400,
      path: "before.root.window.at",
    });
    expect(await refused("compare", { before: trial, after: fellow })).toMatchObject({
      status: 400,
      path: "after.root.audienceId",
    });
    expect(await refused("compare", { before: trial })).toMatchObject({ status: 400, path: "after" });
  });
});

describe("the size over time", () => {
  async function history(body: object) {
    const response = await app.fetch("/api/audiences/history", {
      method: "POST",
      headers: { authorization: `Bearer ${testToken}` },
      body: JSON.stringify({ asOf, ...body }),
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/x-ndjson");
    const text = await response.text();
    expect(text.endsWith("\n")).toBe(true);
    return text
      .trimEnd()
      .split("\n")
      .map((line) => insight.sizeHistory.answer.parse(JSON.parse(line)));
  }

  test("is counted now and at the end of each day before, newest first", async () => {
    expect(await history({ definition: created, days: 4 })).toEqual([
      { at: asOf, day: "2026-11-23", count: 10, candidates: 10 },
      { at: "2026-11-22T23:59:59.999Z", day: "2026-11-22", count: 10, candidates: 10 },
      { at: "2026-11-21T23:59:59.999Z", day: "2026-11-21", count: 5, candidates: 10 },
      { at: "2026-11-20T23:59:59.999Z", day: "2026-11-20", count: 5, candidates: 10 },
      { at: "2026-11-19T23:59:59.999Z", day: "2026-11-19", count: 0, candidates: 0 },
    ]);
    expect(await history({ definition: created })).toHaveLength(31);
  });

  test("takes windows and traits as they were, and is what previews of those moments count", async () => {
    for (const sought of [trial, lately, definition({ kind: "not", condition: created.root }, true)]) {
      for (const point of await history({ definition: sought, days: 5 })) {
        const preview = await app.call("POST", "/api/audiences/preview", { definition: sought, asOf: point.at });
        expect(preview.body).toMatchObject({ count: point.count, candidates: point.candidates, asOf: point.at });
      }
    }
    const trials = await history({ definition: trial, days: 3 });
    expect(trials.map(({ count }) => count)).toEqual([4, 4, 4, 5]);
  });

  test("ends days where the workspace's zone does", async () => {
    await app.call("PATCH", "/api/workspace", { timeZone: "Europe/Berlin" });
    const points = await history({ definition: created, days: 1 });
    await app.call("PATCH", "/api/workspace", { timeZone: "UTC" });
    expect(points[1]).toEqual({ at: "2026-11-22T22:59:59.999Z", day: "2026-11-22", count: 5, candidates: 10 });
  });

  test("stops when nobody reads on", async () => {
    const response = await app.fetch("/api/audiences/history", {
      method: "POST",
      headers: { authorization: `Bearer ${testToken}` },
      body: JSON.stringify({ definition: created, days: 366 }),
    });
    const reader = response.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toMatch(/^\{"at":.*\}\n$/);
    await reader?.cancel();
  });

  test("refuses no days, too many, and a broken definition before it begins", async () => {
    for (const days of [0, 367, 1.5]) {
      expect(await refused("history", { definition: created, days })).toMatchObject({ status: 400, path: "days" });
    }
    expect(await refused("history", { definition: fellow })).toMatchObject({
      status: 400,
      path: "definition.root.audienceId",
    });
  });
});

describe("a breakdown by a trait", () => {
  const breakDown = (body: object) => ask(insight.breakDownByTrait.answer, "breakdown", { asOf, ...body });

  test("counts every value, most first, and those without one as null", async () => {
    expect(await breakDown({ definition: created, trait: "plan" })).toMatchObject({
      asOf,
      count: 10,
      groups: [
        { value: "trial", count: 4 },
        { value: null, count: 3 },
        { value: "pro", count: 2 },
        { value: ["a"], count: 1 },
      ],
      others: { values: 0, count: 0 },
    });
  });

  test("sums up what is past the limit, but never those without a value", async () => {
    expect(await breakDown({ definition: created, trait: "plan", limit: 1 })).toMatchObject({
      groups: [
        { value: "trial", count: 4 },
        { value: null, count: 3 },
      ],
      others: { values: 2, count: 3 },
    });
  });

  test("is of the moment, of the members alone, and may be of nobody", async () => {
    const early = await breakDown({ definition: created, trait: "plan", asOf: "2026-11-20T12:00:00.000Z" });
    expect(early).toMatchObject({ count: 5, groups: [{ value: "trial", count: 5 }] });
    const never = definition({ kind: "event", event: "Never" });
    expect(await breakDown({ definition: never, trait: "plan" })).toMatchObject({ count: 0, groups: [] });
  });

  test("finds a path as conditions do: the literal name first, then into objects and lists", async () => {
    expect(await breakDown({ definition: created, trait: "company.size" })).toMatchObject({
      groups: [
        { value: null, count: 7 },
        { value: 10, count: 1 },
        { value: 20, count: 1 },
        { value: [1, 2], count: 1 },
      ],
    });
  });

  test("of a trait that nobody has is one group; a built-in one is refused", async () => {
    expect(await breakDown({ definition: created, trait: 'it\'s "none" \\' })).toMatchObject({
      groups: [{ value: null, count: 10 }],
      others: { values: 0, count: 0 },
    });
    expect(await refused("breakdown", { definition: created, trait: "$first_seen" })).toMatchObject({
      status: 400,
      path: "trait",
    });
    expect(await refused("breakdown", { definition: created, trait: "" })).toMatchObject({
      status: 400,
      path: "trait",
    });
  });
});

describe("overlap with saved audiences", () => {
  test("counts both, either and only, of each by its own meaning", async () => {
    const save = async (name: string, saved: AudienceDefinition) => {
      const { body } = await app.call("POST", "/api/audiences", { name, definition: saved });
      return createAudience.answer.parse(body).id;
    };
    const [trials, visitors] = [await save("Trials", trial), await save("All", { ...created, includeAnonymous: true })];
    const early = definition({
      kind: "event",
      event: "Account Created",
      window: { kind: "before_last", amount: 1, unit: "day" },
    });
    const overlap = await ask(insight.overlapOfAudiences.answer, "overlap", {
      definition: early,
      audienceIds: [visitors, trials, visitors],
      asOf,
    });
    const all = { id: visitors, name: "All", count: 11, both: 5, onlyThis: 0, onlyThat: 6, either: 11 };
    expect(overlap).toMatchObject({
      asOf,
      count: 5,
      items: [all, { id: trials, name: "Trials", count: 4, both: 4, onlyThis: 1, onlyThat: 0, either: 5 }, all],
    });
  });

  test("refuses an id that there is not, and none at all", async () => {
    expect(await refused("overlap", { definition: created, audienceIds: ["nobody"] })).toMatchObject({
      status: 400,
      path: "audienceIds[0]",
    });
    expect(await refused("overlap", { definition: created, audienceIds: [] })).toMatchObject({ path: "audienceIds" });
  });
});
