import { afterAll, beforeAll, expect, test } from "vitest";
import type * as z from "zod";
import * as versions from "@/core/api/audience-versions";
import * as api from "@/core/api/audiences";
import { errorAnswer } from "@/core/api/shared";
import { createToken } from "@/core/api/workspace";
import type { AudienceDefinition } from "@/core/audience/definition";
import type { HistoryMessage } from "@/core/event/message";
import { loadPeople } from "@/tests/parity/load";
import { openTestApp, type TestApp } from "@/tests/support/app";

const now = Date.UTC(2026, 10, 23, 12);
const asOf = new Date(now).toISOString();

/** Six people with a plan each; the first four did A, the last three did B. */
let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
  const event = (profile: number, name: string): HistoryMessage => ({
    messageId: `${profile} ${name}`,
    type: name === "" ? ("identify" as const) : ("track" as const),
    event: name,
    timestamp: now - 1_000,
    arrival: profile * 10 + name.length,
    properties: name === "" ? { plan: profile < 2 ? "trial" : "pro" } : {},
    context: {},
  });
  await loadPeople(
    app.services.eventStore,
    [0, 1, 2, 3, 4, 5].map((profile) => ({
      profile,
      userId: `user ${profile}`,
      anonymousIds: [],
      messages: [
        event(profile, ""),
        ...(profile < 4 ? [event(profile, "A")] : []),
        ...(profile > 2 ? [event(profile, "BB")] : []),
      ],
    })),
  );
});
afterAll(() => app.close());

const did = (event: string): AudienceDefinition => ({ version: 1, root: { kind: "event", event } });

async function ok<Answer>(answer: z.ZodType<Answer>, method: string, path: string, body?: unknown): Promise<Answer> {
  const called = await app.call(method, path, body);
  expect(called.status, JSON.stringify(called.body)).toBeLessThan(300);
  return answer.parse(called.body);
}

async function refused(method: string, path: string, body?: unknown) {
  const called = await app.call(method, path, body);
  return { status: called.status, ...errorAnswer.parse(called.body).error };
}

const create = (name: string, definition: AudienceDefinition, more = {}) =>
  ok(api.createAudience.answer, "POST", "/api/audiences", { name, definition, ...more });
const listOf = (id: string, query = "") =>
  ok(versions.listVersions.answer, "GET", `/api/audiences/${id}/versions${query}`);

test("versions tell who made them, when, why, and what changed in words", async () => {
  const { id } = await create("Watched", did("A"));
  const made = await ok(createToken.answer, "POST", "/api/tokens", { name: "Deploys" });
  const response = await app.fetch(`/api/audiences/${id}`, {
    method: "PATCH",
    headers: { authorization: `Bearer ${made.token}` },
    body: JSON.stringify({ definition: did("BB"), note: " A was renamed " }),
  });
  expect(response.status).toBe(200);
  await app.call("DELETE", `/api/tokens/${made.id}`);
  const { items, nextCursor } = await listOf(id);
  expect(nextCursor).toBeNull();
  expect(items).toMatchObject([
    {
      version: 2,
      definition: did("BB"),
      createdBy: { kind: "token", name: "Deploys" },
      note: "A was renamed",
      restoredFrom: null,
    },
    { version: 1, definition: did("A"), createdBy: { kind: "environment" }, note: "", changes: [] },
  ]);
  expect(items[0]?.changes).toEqual([
    { kind: "removed", text: expect.stringContaining('"A"') },
    { kind: "added", text: expect.stringContaining('"BB"') },
  ]);
  expect(Date.parse(items[0]?.createdAt ?? "")).toBeGreaterThanOrEqual(Date.parse(items[1]?.createdAt ?? ""));
});

test("pages of versions join, each with its changes", async () => {
  const { id } = await create("Paged", did("A"));
  for (const event of ["BB", "A", "BB"]) await app.call("PATCH", `/api/audiences/${id}`, { definition: did(event) });
  const first = await listOf(id, "?limit=3");
  expect(first.items.map(({ version, changes }) => [version, changes.length])).toEqual([
    [4, 2],
    [3, 2],
    [2, 2],
  ]);
  const second = await listOf(id, `?limit=3&cursor=${first.nextCursor}`);
  expect(second).toMatchObject({ items: [{ version: 1, changes: [] }], nextCursor: null });
  expect(await refused("GET", `/api/audiences/${id}/versions?cursor=x`)).toMatchObject({ status: 400, path: "cursor" });
});

test("an earlier version is restored as a new one", async () => {
  const { id } = await create("Restored", did("A"));
  await app.call("PATCH", `/api/audiences/${id}`, { definition: did("BB") });
  const restored = await ok(api.updateAudience.answer, "POST", `/api/audiences/${id}/restore`, { version: 1 });
  expect(restored).toMatchObject({ version: 3, definition: did("A") });
  expect((await listOf(id)).items[0]).toMatchObject({ version: 3, restoredFrom: 1 });
  const { count } = await ok(api.getAudience.answer, "GET", `/api/audiences/${id}?asOf=${asOf}`);
  expect(count).toBe(4);
  const at = `/api/audiences/${id}/restore`;
  expect(await refused("POST", at, { version: 3 })).toMatchObject({ status: 409, path: "version" });
  expect(await refused("POST", at, { version: 9 })).toMatchObject({ status: 404, path: "version" });
  expect(await refused("POST", at, { version: 0 })).toMatchObject({ status: 400, path: "version" });
  expect(await refused("POST", "/api/audiences/nobody/restore", { version: 1 })).toMatchObject({ status: 404 });
});

test("a version that would lead back to its own audience is not restored", async () => {
  const other = await create("Other", did("A"));
  const one = await create("One", {
    version: 1,
    root: { kind: "audience", audienceId: other.id, member: true },
  });
  await app.call("PATCH", `/api/audiences/${one.id}`, { definition: did("A") });
  const user = { version: 1, root: { kind: "audience", audienceId: one.id, member: true } };
  await ok(api.updateAudience.answer, "PATCH", `/api/audiences/${other.id}`, { definition: user });
  expect(await refused("POST", `/api/audiences/${one.id}/restore`, { version: 1 })).toMatchObject({
    status: 400,
    message: expect.stringContaining("“One” → “Other” → “One”"),
  });
});

test("two versions are compared in words and in people", async () => {
  const { id } = await create("Compared", did("A"));
  await app.call("PATCH", `/api/audiences/${id}`, { definition: did("BB") });
  const compare = (query: string) =>
    ok(versions.compareVersions.answer, "GET", `/api/audiences/${id}/compare?asOf=${asOf}&${query}`);
  const compared = await compare("before=1&after=2&limit=1");
  expect(compared).toMatchObject({
    before: { count: 4, candidates: 6 },
    after: { count: 3, candidates: 6 },
    entering: { count: 2, people: [{ userId: "user 4" }] },
    leaving: { count: 3, people: [{ userId: "user 0" }] },
    staying: { count: 1, people: [{ userId: "user 3" }] },
  });
  expect(compared.changes.map(({ kind }) => kind)).toEqual(["removed", "added"]);
  expect(await compare("before=2&after=2")).toMatchObject({ entering: { count: 0 }, changes: [] });
  const at = `/api/audiences/${id}/compare`;
  expect(await refused("GET", `${at}?before=1&after=9`)).toMatchObject({ status: 404, path: "after" });
  expect(await refused("GET", `${at}?before=1`)).toMatchObject({ status: 400, path: "after" });
});

test("a note without a definition is refused, as it would be lost", async () => {
  const { id } = await create("Noted", did("A"));
  expect(await refused("PATCH", `/api/audiences/${id}`, { note: "why" })).toMatchObject({ status: 400, path: "note" });
});
