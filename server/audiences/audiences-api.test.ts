import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as z from "zod";
import * as api from "@/core/api/audiences";
import { errorAnswer } from "@/core/api/shared";
import type { AudienceDefinition } from "@/core/audience/definition";
import { loadPeople } from "@/tests/parity/load";
import { openTestApp, type TestApp } from "@/tests/support/app";
import { testToken } from "@/tests/support/services";

const now = Date.UTC(2026, 10, 23, 12);
const asOf = new Date(now).toISOString();
const people = 250;

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
  await loadPeople(
    app.services.eventStore,
    Array.from({ length: people }, (_, index) => ({
      profile: index,
      userId: index % 10 === 9 ? null : `user ${index}`,
      anonymousIds: index % 10 === 9 ? [`visitor ${index}`] : [],
      messages: [
        {
          messageId: `${index}`,
          type: "identify" as const,
          event: "",
          timestamp: now - 1000,
          arrival: index * 2,
          properties: { plan: index % 2 === 0 ? "trial" : "pro", name: `user ${index}`, ...(index === 0 && awkward) },
          context: {},
        },
        {
          messageId: `${index}e`,
          type: "track" as const,
          event: "Account Created",
          timestamp: index < 100 ? now - 500 : now + 60_000,
          arrival: index * 2 + 1,
          properties: {},
          context: {},
        },
      ],
    })),
  );
});
afterAll(() => app.close());

const awkward = {
  email: "a@example.com",
  formula: '=HYPERLINK("http://example.com")',
  balance: -5,
  debt: "-5.50",
  phone: "+49 30 1234",
  quoted: 'a "quoted", and\r\nbroken line',
  tags: ["x", "y"],
  address: { city: "Köln" },
};

const created: AudienceDefinition = { version: 1, root: { kind: "event", event: "Account Created" } };
const stuck: AudienceDefinition = {
  version: 1,
  root: {
    kind: "all",
    conditions: [
      { kind: "event", event: "Account Created" },
      { kind: "trait", trait: "plan", op: "equals", value: "trial" },
    ],
  },
};

async function ok<Answer>(answer: z.ZodType<Answer>, method: string, path: string, body?: unknown): Promise<Answer> {
  const called = await app.call(method, path, body);
  expect(called.status, JSON.stringify(called.body)).toBeLessThan(300);
  return answer.parse(called.body);
}

async function refused(method: string, path: string, body?: unknown) {
  const called = await app.call(method, path, body);
  return { status: called.status, ...errorAnswer.parse(called.body).error };
}

describe("preview", () => {
  test("answers the count, who could be in, people, and what each condition does", async () => {
    const preview = await ok(api.previewAudience.answer, "POST", "/api/audiences/preview", {
      definition: stuck,
      asOf,
      limit: 3,
      conditions: true,
    });
    expect(preview).toMatchObject({ count: 50, candidates: 225, asOf });
    expect(preview.people.map(({ userId }) => userId)).toEqual(["user 0", "user 2", "user 4"]);
    expect(preview.people[0]).toMatchObject({ anonymousIds: [], email: "a@example.com", traits: { plan: "trial" } });
    expect(preview.conditions).toEqual([
      { path: "root", count: 50 },
      { path: "root.conditions[0]", count: 90, left: 90 },
      { path: "root.conditions[1]", count: 125, left: 50 },
    ]);
  });

  test("ten people unless told; the count knows no limit; anonymous people count when included", async () => {
    const definition = { ...created, includeAnonymous: true };
    const preview = await ok(api.previewAudience.answer, "POST", "/api/audiences/preview", { definition, asOf });
    expect(preview).toMatchObject({ count: 100, candidates: people });
    expect(preview.people).toHaveLength(10);
    const all = await ok(api.previewAudience.answer, "POST", "/api/audiences/preview", {
      definition,
      asOf,
      limit: 100_000,
    });
    expect(all.people).toHaveLength(100);
    expect(all.people[9]).toMatchObject({ userId: null, anonymousIds: ["visitor 9"] });
  });

  test("asOf may lie in the past and in the future", async () => {
    const at = (milliseconds: number) => ({
      definition: created,
      asOf: new Date(milliseconds).toISOString(),
      limit: 0,
    });
    const past = await ok(api.previewAudience.answer, "POST", "/api/audiences/preview", at(now - 2000));
    expect(past).toMatchObject({ count: 0, candidates: 0, people: [] });
    const future = await ok(api.previewAudience.answer, "POST", "/api/audiences/preview", at(now + 3_600_000));
    expect(future).toMatchObject({ count: 225, candidates: 225 });
  });

  test.each<[string, unknown, string]>([
    [
      "a range that ends before it starts",
      { kind: "event", window: { kind: "range", from: "2026-02-02", to: "2026-02-01" } },
      "definition.root.window.to",
    ],
    [
      "a window from nearer to further",
      {
        kind: "event",
        window: { kind: "between_ago", from: { amount: 1, unit: "day" }, to: { amount: 24, unit: "hour" } },
      },
      "definition.root.window.from",
    ],
    [
      "text that is no date",
      { kind: "any", conditions: [{ kind: "event", window: { kind: "since", at: "soon" } }] },
      "definition.root.conditions[0].window.at",
    ],
    [
      "a day that no calendar has",
      { kind: "not", condition: { kind: "trait", trait: "x", op: "before", value: "2026-02-30" } },
      "definition.root.condition.value",
    ],
    [
      "the same in a filter",
      { kind: "event", where: [{ property: "x", op: "after", value: "x" }] },
      "definition.root.where[0].value",
    ],
    [
      "an audience that is not there",
      { kind: "audience", audienceId: "nobody", member: true },
      "definition.root.audienceId",
    ],
    [
      "too many conditions",
      {
        kind: "all",
        conditions: [
          { kind: "all", conditions: Array(60).fill({ kind: "event" }) },
          { kind: "any", conditions: Array(60).fill({ kind: "event" }) },
        ],
      },
      "definition.root.conditions[1].conditions[40]",
    ],
    [
      "too deep a tree",
      nested(9),
      "definition.root.condition.condition.condition.condition.condition.condition.condition.condition",
    ],
  ])("refuses %s, with the path", async (_, root, path) => {
    const error = await refused("POST", "/api/audiences/preview", { definition: { version: 1, root } });
    expect(error).toMatchObject({ status: 400, code: "invalid", path });
  });

  test("takes a hundred conditions and eight levels", async () => {
    const wide = {
      kind: "any",
      conditions: Array.from({ length: 100 }, (_, index) => ({ kind: "event", event: `E${index}` })),
    };
    for (const root of [wide, nested(8)]) {
      await ok(api.previewAudience.answer, "POST", "/api/audiences/preview", {
        definition: { version: 1, root },
        conditions: true,
      });
    }
  });
});

/** A tree of so many levels, the leaf among them. */
function nested(levels: number): unknown {
  return levels === 1 ? { kind: "event" } : { kind: "not", condition: nested(levels - 1) };
}

describe("saved audiences", () => {
  test("a key is made from the name once, and is nobody else's", async () => {
    const body = { name: "Stuck – früh!", definition: stuck };
    const [one, two] = await Promise.all([
      ok(api.createAudience.answer, "POST", "/api/audiences", body),
      ok(api.createAudience.answer, "POST", "/api/audiences", body),
    ]);
    expect([one.key, two.key].sort()).toEqual(["stuck_fruh", "stuck_fruh_2"]);
    const renamed = await ok(api.updateAudience.answer, "PATCH", `/api/audiences/${one.id}`, { name: "Other" });
    expect(renamed).toMatchObject({ name: "Other", key: one.key, version: 1, definition: stuck });
  });

  test("a new definition is a new version, and the counts are those of the preview", async () => {
    const made = await ok(api.createAudience.answer, "POST", "/api/audiences", {
      name: "Versions",
      description: "d",
      definition: created,
    });
    const changed = await ok(api.updateAudience.answer, "PATCH", `/api/audiences/${made.id}`, { definition: stuck });
    expect(changed).toMatchObject({ version: 2, definition: stuck, description: "d", archivedAt: null });
    const read = await ok(api.getAudience.answer, "GET", `/api/audiences/${made.id}?asOf=${asOf}`);
    expect(read).toMatchObject({ version: 2, count: 50, candidates: 225, asOf });
    const { items } = await ok(api.listAudiences.answer, "GET", "/api/audiences");
    expect(items[0]).toMatchObject({ id: made.id });
  });

  test("an audience that another one uses cannot be archived, nor depend on itself", async () => {
    const used = await ok(api.createAudience.answer, "POST", "/api/audiences", { name: "Used", definition: created });
    const root = { kind: "audience", audienceId: used.id, member: true };
    const user = await ok(api.createAudience.answer, "POST", "/api/audiences", {
      name: "User",
      definition: { version: 1, root },
    });
    expect(await refused("DELETE", `/api/audiences/${used.id}`)).toMatchObject({
      status: 409,
      message: expect.stringContaining("“User”"),
    });
    const circle = { definition: { version: 1, root: { ...root, audienceId: user.id } } };
    expect(await refused("PATCH", `/api/audiences/${used.id}`, circle)).toMatchObject({
      status: 400,
      message: expect.stringContaining("“Used” → “User” → “Used”"),
      path: "definition.root.audienceId",
    });
    await ok(api.archiveAudience.answer, "DELETE", `/api/audiences/${user.id}`);
    const archived = await ok(api.archiveAudience.answer, "DELETE", `/api/audiences/${used.id}`);
    expect(archived.archivedAt).not.toBeNull();
    const list = await ok(api.listAudiences.answer, "GET", "/api/audiences?archived=true");
    expect(list.items.map(({ id }) => id)).toContain(used.id);
    const back = await ok(api.updateAudience.answer, "PATCH", `/api/audiences/${used.id}`, { archived: false });
    expect(back.archivedAt).toBeNull();
  });

  test("an unknown id is not found, everywhere", async () => {
    const paths = ["", "/members", "/members.csv"].map((end) => `/api/audiences/nobody${end}`);
    for (const path of paths) expect(await refused("GET", path)).toMatchObject({ status: 404, code: "not_found" });
    expect(await refused("PATCH", "/api/audiences/nobody", { name: "x" })).toMatchObject({ status: 404 });
    expect(await refused("DELETE", "/api/audiences/nobody")).toMatchObject({ status: 404 });
  });
});

describe("members", () => {
  test("pages go on at the moment of the first one", async () => {
    const { id } = await ok(api.createAudience.answer, "POST", "/api/audiences", {
      name: "Pages",
      definition: created,
    });
    const seen: (string | null)[] = [];
    let cursor = "";
    do {
      const start = cursor === "" ? `asOf=${asOf}` : `cursor=${cursor}`;
      const answer = await ok(api.listMembers.answer, "GET", `/api/audiences/${id}/members?limit=40&${start}`);
      expect(answer.asOf).toBe(asOf);
      seen.push(...answer.items.map(({ userId }) => userId));
      cursor = answer.nextCursor ?? "";
    } while (cursor !== "");
    expect(new Set(seen).size).toBe(90);
    expect(seen).toHaveLength(90);
    expect(await refused("GET", `/api/audiences/${id}/members?cursor=x`)).toMatchObject({
      status: 400,
      path: "cursor",
    });
  });

  test("pages of a few people miss nobody, whatever the order in which they came to be known", async () => {
    const ids = ["user 8", "user 3", "user 52", "user 0", "user 77", "user 41", "user 12"];
    const { id } = await ok(api.createAudience.answer, "POST", "/api/audiences", {
      name: "A few",
      definition: {
        version: 1,
        root: {
          kind: "any",
          conditions: ids.map((value) => ({
            kind: "all",
            conditions: [
              { kind: "event", event: "Account Created" },
              { kind: "trait", trait: "name", op: "equals", value },
            ],
          })),
        },
      },
    });
    const seen: (string | null)[] = [];
    let cursor = "";
    do {
      const start = cursor === "" ? `asOf=${asOf}` : `cursor=${cursor}`;
      const answer = await ok(api.listMembers.answer, "GET", `/api/audiences/${id}/members?limit=2&${start}`);
      seen.push(...answer.items.map(({ userId }) => userId));
      cursor = answer.nextCursor ?? "";
    } while (cursor !== "");
    expect(seen).toEqual(["user 0", "user 3", "user 8", "user 12", "user 41", "user 52", "user 77"]);
  });

  test("CSV has a header, is quoted, and hides formulas but not numbers", async () => {
    const { id } = await ok(api.createAudience.answer, "POST", "/api/audiences", { name: "CSV", definition: created });
    const columns = "userId,email,formula,balance,debt,phone,quoted,tags,address,address.city,profileId,none";
    const csv = await download(`/api/audiences/${id}/members.csv?asOf=${asOf}&columns=${columns}`);
    const lines = csv.split("\r\nuser ");
    expect(lines).toHaveLength(91);
    expect(lines[0]).toBe(columns);
    expect(lines[1]).toBe(
      '0,a@example.com,"\'=HYPERLINK(""http://example.com"")",-5,-5.50,\'+49 30 1234,"a ""quoted"", and\r\nbroken line","[""x"",""y""]","{""city"":""Köln""}",Köln,p0,',
    );
    expect(csv.endsWith("\r\n")).toBe(true);
  });

  test("without columns every trait is one; a name may be quoted; no columns are none", async () => {
    const { id } = await ok(api.createAudience.answer, "POST", "/api/audiences", { name: "All", definition: created });
    const header = (await download(`/api/audiences/${id}/members.csv?asOf=${asOf}`)).split("\r\n")[0];
    expect(header).toBe("userId,email,address,balance,debt,formula,name,phone,plan,quoted,tags");
    const quoted = encodeURIComponent('userId,"a,b"');
    expect((await download(`/api/audiences/${id}/members.csv?columns=${quoted}`)).split("\r\n")[0]).toBe(
      'userId,"a,b"',
    );
    for (const columns of ["", "userId,,plan", '"userId']) {
      const path = `/api/audiences/${id}/members.csv?columns=${encodeURIComponent(columns)}`;
      expect(await refused("GET", path)).toMatchObject({ status: 400, path: "columns" });
    }
  });
});

async function download(path: string): Promise<string> {
  const response = await app.fetch(path, { headers: { authorization: `Bearer ${testToken}` } });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toContain("text/csv");
  return response.text();
}
