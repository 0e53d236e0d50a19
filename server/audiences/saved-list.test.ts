import { afterAll, beforeAll, expect, test } from "vitest";
import type * as z from "zod";
import * as api from "@/core/api/audiences";
import { createFunnel } from "@/core/api/funnels";
import { errorAnswer } from "@/core/api/shared";
import type { AudienceDefinition } from "@/core/audience/definition";
import { loadPeople } from "@/tests/parity/load";
import { openTestApp, type TestApp } from "@/tests/support/app";

const now = Date.UTC(2026, 10, 23, 12);

/** Person n has done the events "at least 0" to "at least n". */
let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
  await loadPeople(
    app.services.eventStore,
    [0, 1, 2, 3].map((profile) => ({
      profile,
      userId: `user ${profile}`,
      anonymousIds: [],
      messages: Array.from({ length: profile + 1 }, (_, index) => ({
        messageId: `${profile} ${index}`,
        type: "track" as const,
        event: `at least ${index}`,
        timestamp: now,
        arrival: profile * 10 + index,
        properties: {},
        context: {},
      })),
    })),
  );
});
afterAll(() => app.close());

const atLeast = (index: number): AudienceDefinition => ({
  version: 1,
  root: { kind: "event", event: `at least ${index}` },
});

async function ok<Answer>(answer: z.ZodType<Answer>, method: string, path: string, body?: unknown): Promise<Answer> {
  const called = await app.call(method, path, body);
  expect(called.status, JSON.stringify(called.body)).toBeLessThan(300);
  return answer.parse(called.body);
}

async function refused(method: string, path: string, body?: unknown) {
  const called = await app.call(method, path, body);
  return { status: called.status, ...errorAnswer.parse(called.body).error };
}

const create = (body: object) => ok(api.createAudience.answer, "POST", "/api/audiences", body);
const list = (query: string) => ok(api.listAudiences.answer, "GET", `/api/audiences?${query}`);
const namesOf = ({ items }: { items: { name: string }[] }) => items.map(({ name }) => name);

test("is found by name, description or tag, in several orders, page by page", async () => {
  await create({ name: "Trial 10", description: "Nudge by mail", tags: ["Trial", "Q4"], definition: atLeast(3) });
  await create({ name: "trial 2", tags: ["Trial"], definition: atLeast(0) });
  await create({ name: "Paying", tags: ["Q4"], definition: atLeast(1) });

  expect(namesOf(await list("sort=name"))).toEqual(["Paying", "trial 2", "Trial 10"]);
  expect(namesOf(await list("sort=created"))).toEqual(["Paying", "trial 2", "Trial 10"]);
  const bySize = await list("sort=size");
  expect(bySize.items.map(({ name, count }) => [name, count])).toEqual([
    ["trial 2", 4],
    ["Paying", 3],
    ["Trial 10", 1],
  ]);
  expect(namesOf(await list("tag=Trial"))).toEqual(["trial 2", "Trial 10"]);
  expect(namesOf(await list("tag=trial"))).toEqual([]);
  expect(namesOf(await list("search=TRIAL&sort=name"))).toEqual(["trial 2", "Trial 10"]);
  expect(namesOf(await list("search=q4&sort=name"))).toEqual(["Paying", "Trial 10"]);
  expect(namesOf(await list("search=mail"))).toEqual(["Trial 10"]);

  const first = await list("sort=size&limit=2");
  expect(namesOf(first)).toEqual(["trial 2", "Paying"]);
  expect(await list(`sort=size&limit=2&cursor=${first.nextCursor}`)).toMatchObject({
    items: [{ name: "Trial 10", count: 1, candidates: 4 }],
    nextCursor: null,
  });
});

test("counts are left out when asked, and can be asked for apart", async () => {
  const listed = await list("counts=false&sort=name");
  expect(listed.items.every((audience) => !("count" in audience) && !("asOf" in audience))).toBe(true);
  const audienceIds = listed.items.map(({ id }) => id);
  const asOf = new Date(now).toISOString();
  expect(await ok(api.countAudiences.answer, "POST", "/api/audiences/counts", { audienceIds, asOf })).toEqual({
    asOf,
    items: audienceIds.map((id, index) => ({ id, count: [3, 4, 1][index], candidates: 4 })),
  });
  const past = await ok(api.countAudiences.answer, "POST", "/api/audiences/counts", {
    audienceIds: audienceIds.slice(0, 1),
    asOf: new Date(now - 1).toISOString(),
  });
  expect(past.items[0]).toMatchObject({ count: 0, candidates: 0 });
  expect(await refused("POST", "/api/audiences/counts", { audienceIds: ["nobody"] })).toMatchObject({
    status: 400,
    path: "audienceIds[0]",
  });
});

test("tags are kept in their order and replaced as a whole", async () => {
  const { id, tags } = await create({ name: "Tagged", tags: [" b ", "a"], definition: atLeast(0) });
  expect(tags).toEqual(["b", "a"]);
  const at = `/api/audiences/${id}`;
  const changed = await ok(api.updateAudience.answer, "PATCH", at, { tags: ["c"] });
  expect(changed).toMatchObject({ tags: ["c"], version: 1, name: "Tagged" });
  expect((await ok(api.updateAudience.answer, "PATCH", at, { name: "Still tagged" })).tags).toEqual(["c"]);
  expect((await ok(api.updateAudience.answer, "PATCH", at, { tags: [] })).tags).toEqual([]);
  expect(await refused("PATCH", at, { tags: ["x", "x "] })).toMatchObject({
    status: 400,
    path: "tags",
    message: "tags must not name a tag twice.",
  });
  expect(await refused("PATCH", at, { tags: ["x", " "] })).toMatchObject({ status: 400, path: "tags[1]" });
});

test("tells where it is used, and is not archived while something live uses it", async () => {
  const used = await create({ name: "Used", definition: atLeast(0) });
  const condition: AudienceDefinition = {
    version: 1,
    root: { kind: "not", condition: { kind: "audience", audienceId: used.id, member: false } },
  };
  const user = await create({ name: "User", definition: condition });
  const body = {
    name: "Funnel",
    funnel: {
      steps: [{ event: "A" }],
      window: null,
      audienceId: used.id,
      definition: condition,
      breakdown: { audienceId: used.id },
    },
  };
  const funnel = await ok(createFunnel.answer, "POST", "/api/funnels", body);
  const at = `/api/audiences/${used.id}`;
  const use = { kind: "funnel", id: funnel.id, name: "Funnel", archivedAt: null } as const;
  const uses = [
    { kind: "audience", id: user.id, name: "User", as: "condition", archivedAt: null },
    { ...use, as: "counted" },
    { ...use, as: "condition" },
    { ...use, as: "breakdown" },
  ];
  expect(await ok(api.audienceUsage.answer, "GET", `${at}/usage`)).toEqual({ items: uses, nextCursor: null });
  const page = await ok(api.audienceUsage.answer, "GET", `${at}/usage?limit=3`);
  expect(page.items).toEqual(uses.slice(0, 3));
  const rest = await ok(api.audienceUsage.answer, "GET", `${at}/usage?limit=3&cursor=${page.nextCursor}`);
  expect(rest).toEqual({ items: uses.slice(3), nextCursor: null });

  expect(await refused("DELETE", at)).toMatchObject({
    status: 409,
    message: "This audience is used by the audience “User”, the funnel “Funnel”. Change or archive that first.",
  });
  await app.call("DELETE", `/api/audiences/${user.id}`);
  expect((await refused("DELETE", at)).message).toBe(
    "This audience is used by the funnel “Funnel”. Change or archive that first.",
  );
  await app.call("DELETE", `/api/funnels/${funnel.id}`);
  await ok(api.archiveAudience.answer, "DELETE", at);
  const after = await ok(api.audienceUsage.answer, "GET", `${at}/usage`);
  expect(after.items.every(({ archivedAt }) => archivedAt !== null)).toBe(true);
  expect(await refused("GET", "/api/audiences/nobody/usage")).toMatchObject({ status: 404 });
});
