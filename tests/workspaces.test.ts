import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import * as z from "zod";
import type { Endpoint } from "@/core/api/endpoint";
import { workspace as workspaceShape } from "@/core/api/workspace";
import { Prisma } from "@/generated/prisma/client";
import { declaredEndpoints, nameOf, openPaths } from "./contract/declared-endpoints";
import { validBodies } from "./contract/valid-bodies";
import { openTestApp, type TestApp } from "./support/app";
import { testToken } from "./support/services";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

type Workspace = z.infer<typeof workspaceShape>;
const made = z.object({ id: z.string() });
const counted = z.object({ count: z.int(), people: z.array(z.object({ userId: z.string().nullable() })) });
const definition = { version: 1, root: { kind: "event", event: "Account Created" } };
const funnel = {
  steps: [{ event: "Account Created" }, { event: "First Project Created" }],
  window: { amount: 7, unit: "day" },
};

async function ask(workspace: Workspace, method: string, path: string, body?: unknown, token = testToken) {
  const response = await app.fetch(path, {
    method,
    headers: { authorization: `Bearer ${token}`, "x-workspace": workspace.id },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  return { status: response.status, text, body: isJson ? JSON.parse(text) : undefined };
}

async function make(name: string, environment: Workspace["environment"] = "staging"): Promise<Workspace> {
  const { status, body } = await app.call("POST", "/api/workspaces", { name, environment });
  expect(status).toBe(201);
  return workspaceShape.parse(body);
}

async function send(writeKey: string, message: object): Promise<number> {
  const body = JSON.stringify({ writeKey, event: "Account Created", ...message });
  return (await app.fetch("/v1/track", { method: "POST", body })).status;
}

async function peopleOf(workspace: Workspace): Promise<(string | null)[]> {
  const { body } = await ask(workspace, "POST", "/api/audiences/preview", { definition });
  return counted.parse(body).people.map(({ userId }) => userId);
}

/** One of everything that a workspace can hold, by the endpoints that take its id. */
async function fill(workspace: Workspace, person: string) {
  const post = async (path: string, body: unknown) => made.parse((await ask(workspace, "POST", path, body)).body).id;
  const { body } = await ask(workspace, "POST", "/api/sources", { name: "Website" });
  const source = z.object({ id: z.string(), writeKey: z.string() }).parse(body);
  expect(await send(source.writeKey, { userId: person, messageId: "m1" })).toBe(200);
  const group = { type: "group", userId: person, groupId: `team of ${person}`, traits: { plan: person } };
  const grouped = { method: "POST", body: JSON.stringify({ writeKey: source.writeKey, batch: [group] }) };
  expect((await app.fetch("/v1/batch", grouped)).status).toBe(200);
  const { body: found } = await ask(workspace, "GET", `/api/profiles?userId=${person}`);
  const audiences = await post("/api/audiences", { name: "Stuck", definition });
  const destinations = await post("/api/destinations", validBodies["POST /api/destinations"]);
  const files = await post("/api/destinations", { tool: "local-files", name: "Files", settings: {} });
  // Of nobody, so that nothing is sent and it stands still once it has begun.
  const nobody = { version: 1, root: { kind: "event", event: "Never Done" } };
  const empty = await post("/api/audiences", { name: "Nobody", definition: nobody });
  const syncs = await post("/api/syncs", { audienceId: empty, destinationId: destinations });
  await vi.waitFor(
    async () => expect((await ask(workspace, "GET", `/api/syncs/${syncs}`)).body).toMatchObject({ phase: "changes" }),
    { timeout: 60_000 },
  );
  return {
    writeKey: source.writeKey,
    ids: {
      sources: source.id,
      audiences,
      destinations,
      syncs,
      schedules: await post("/api/schedules", {
        audienceId: audiences,
        destinationId: files,
        timing: { every: "week", on: "monday", at: "09:00" },
      }),
      links: await post(`/api/audiences/${audiences}/members-link`, {}),
      funnels: await post("/api/funnels", { name: "Activation", funnel }),
      imports: await post("/api/imports?format=ndjson", { type: "track", userId: person, event: "Imported" }),
      alerts: await post("/api/alerts", validBodies["POST /api/alerts"]),
      tokens: await post("/api/tokens", { name: "CI" }),
      accounts: group.groupId,
      profiles: z.object({ items: z.array(made) }).parse(found).items[0]?.id ?? "",
    },
  };
}

describe("two workspaces", () => {
  let ours: Workspace;
  let theirs: Workspace;
  let inOurs: Awaited<ReturnType<typeof fill>>;
  let inTheirs: Awaited<ReturnType<typeof fill>>;
  beforeAll(async () => {
    ours = workspaceShape.parse((await app.call("GET", "/api/workspace")).body);
    theirs = await make("Staging");
    inOurs = await fill(ours, "olga");
    // Numbers of people begin anew in each workspace, so that the same would be meant by the same id.
    for (const person of ["eve", "mallory", "trudy"])
      await send(inOurs.writeKey, { userId: person, anonymousId: person });
    inTheirs = await fill(theirs, "grace");
    for (const person of ["bob", "carol", "dave", "erin"]) await send(inTheirs.writeKey, { userId: person });
  });

  test("count their own people, of messages with the same ids", async () => {
    expect((await peopleOf(ours)).sort()).toEqual(["eve", "mallory", "olga", "trudy"]);
    expect((await peopleOf(theirs)).sort()).toEqual(["bob", "carol", "dave", "erin", "grace"]);
  });

  test("find nothing of the other by any id, whatever is asked, and change nothing there", async () => {
    const before = await pictureOf(theirs);
    const byId = declaredEndpoints.filter(({ path }) => path.includes("/:id") && !notKept.test(path));
    expect(byId.length).toBeGreaterThan(20);
    // No delivery is there before a tool has been asked, so its place is taken by one that is nobody's.
    const ids: Readonly<Record<string, string>> = { ...inTheirs.ids, profiles: "p999999", deliveries: "d1" };
    for (const endpoint of byId) {
      const id = ids[/(\w+)\/:id/.exec(endpoint.path)?.[1] ?? ""];
      expect(id, `what is at ${endpoint.path}? Make one in fill()`).toBeDefined();
      const path = endpoint.path.replace(":id", encodeURIComponent(id ?? "")).replace(/:\w+/g, "1");
      const { status, text } = await ask(
        ours,
        endpoint.method,
        `${path}${neededByIds[nameOf(endpoint)] ?? ""}`,
        validBodies[nameOf(endpoint)],
      );
      // Who changes a person whom there is not is told that they have changed meanwhile.
      const isChange = /\/(merge|split)$/.test(endpoint.path);
      expect(status, `${nameOf(endpoint)}: ${text}`).toBe(isChange && status === 409 ? 409 : 404);
    }
    expect(await pictureOf(theirs)).toEqual(before);
  });

  test("do not see each other in lists, nor refer to each other", async () => {
    for (const list of declaredEndpoints.filter(isList)) {
      const path = `${list.path}${neededByLists[list.path] ?? ""}`;
      const [here, there] = [await ask(ours, "GET", path), await ask(theirs, "GET", path)];
      expect(here.status, list.path).toBe(200);
      for (const [name, id] of Object.entries(inTheirs.ids)) {
        if (name !== "profiles") expect(here.text, `${list.path} shows ${name}`).not.toContain(id);
      }
      // A name that no id, which is of hexadecimal digits, can contain.
      expect(there.text, list.path).not.toContain("olga");
    }
    const other = { version: 1, root: { kind: "audience", audienceId: inTheirs.ids.audiences } };
    expect((await ask(ours, "POST", "/api/audiences/preview", { definition: other })).status).toBe(400);
    const upload = await ask(ours, "POST", `/api/imports?format=ndjson&sourceId=${inTheirs.ids.sources}`, {});
    expect(upload.status).toBe(404);
  });

  test("have tokens of their own, which hold nowhere else", async () => {
    const { body } = await ask(theirs, "POST", "/api/tokens", { name: "Staging’s" });
    const { token } = z.object({ token: z.string() }).parse(body);
    const asked = (headers: Record<string, string>) =>
      app.fetch("/api/workspace", { headers: { authorization: `Bearer ${token}`, ...headers } });
    expect(await (await asked({})).json()).toMatchObject({ id: theirs.id });
    expect((await asked({ "x-workspace": ours.id })).status).toBe(403);
    expect((await ask(theirs, "GET", "/api/workspaces", undefined, token)).body.items).toEqual([theirs]);
    expect((await ask(theirs, "GET", `/api/workspaces/${ours.id}`, undefined, token)).status).toBe(404);
    expect((await ask(theirs, "POST", "/api/workspaces", { name: "More" }, token)).status).toBe(403);
  });

  test("are named by the header, or by the query of a link, and no other is there", async () => {
    const csv = (workspace: string) =>
      app.call("GET", `/api/audiences/${inTheirs.ids.audiences}?workspace=${workspace}`).then(({ status }) => status);
    expect(await csv(theirs.id)).toBe(200);
    expect(await csv(ours.id)).toBe(404);
    expect(await csv("none")).toBe(404);
    expect((await app.call("GET", "/api/workspace?workspace=a&workspace=b")).status).not.toBe(200);
  });

  async function pictureOf(workspace: Workspace) {
    const lists = await Promise.all(
      declaredEndpoints.filter(isList).map(async ({ path }) => {
        const { text } = await ask(workspace, "GET", path);
        return [path, text.replace(/"asOf":"[^"]+"/g, "")];
      }),
    );
    return Object.fromEntries(lists);
  }
});

/** Workspaces themselves, and what runs just now: of another's nothing runs, which is an answer. */
const notKept = /^\/api\/(workspaces|progress)\//;

/** What some lists must be told, for anything to be listed. */
const neededByLists: Readonly<Record<string, string>> = {
  "/api/property-values": "?event=Account%20Created&property=plan",
  "/api/trait-values": "?trait=plan",
  "/api/account-trait-values": "?trait=plan",
};

const isList = ({ method, path, answer, streams }: Endpoint) =>
  method === "GET" &&
  !path.includes(":") &&
  !openPaths.has(path) &&
  path !== "/api/workspaces" &&
  streams === undefined &&
  hasItems(answer);

function hasItems(answer: z.ZodType): boolean {
  return answer instanceof z.ZodObject && "items" in answer.shape;
}

/** What some endpoints must be told besides, so that it is the id that they refuse. */
const neededByIds: Readonly<Record<string, string>> = {
  "GET /api/sources/:id/schema/properties": "?type=track",
  "GET /api/profiles/:id/traits": "?trait=plan",
  "GET /api/accounts/:id/traits": "?trait=plan",
  "GET /api/audiences/:id/compare": "?before=1&after=2",
  "GET /api/funnels/:id/compare": "?before=1&after=2",
};

describe("a workspace", () => {
  test("goes with everything in it, and is not there any more after a start", async () => {
    const gone = await make("Gone", "development");
    const { writeKey } = await fill(gone, "zoe");
    const path = `/api/workspaces/${gone.id}`;
    expect((await app.call("DELETE", `${path}?confirm=gone`)).status).toBe(400);
    expect((await app.call("DELETE", `${path}?confirm=Gone`)).status).toBe(200);
    expect((await app.call("GET", path)).status).toBe(404);
    expect((await ask(gone, "GET", "/api/sources")).status).toBe(404);
    expect(await send(writeKey, { userId: "zoe" })).toBe(401);
    for (const table of await tablesWhere(true)) {
      const name = Prisma.raw(`"${table}"`);
      const rows = await app.installation.metadata.$queryRaw`SELECT 1 FROM ${name} WHERE "workspaceId" = ${gone.id}`;
      expect(rows, table).toEqual([]);
    }
  });

  test("is never the last one to go", async () => {
    const { items } = z
      .object({ items: z.array(workspaceShape) })
      .parse((await app.call("GET", "/api/workspaces")).body);
    const only = await openOnly(items);
    expect(only.status).toBe(409);
  });

  /** Removes the others first, the one from the beginning among them: its tables are emptied, for another to begin with. */
  async function openOnly(items: Workspace[]) {
    const kept = await make("Kept");
    for (const { id, name } of items) {
      expect((await app.call("DELETE", `/api/workspaces/${id}?confirm=${encodeURIComponent(name)}`)).status).toBe(200);
    }
    expect((await app.call("GET", "/api/workspace")).body).toEqual(kept);
    return app.call("DELETE", `/api/workspaces/${kept.id}?confirm=Kept`);
  }
});

/** Tables of the metadata, with a column for the workspace or without. */
async function tablesWhere(has: boolean): Promise<string[]> {
  const rows = await app.installation.metadata.$queryRaw`
    SELECT table_name AS name, bool_or(column_name = 'workspaceId') AS has FROM information_schema.columns
    WHERE table_schema = 'public' GROUP BY table_name ORDER BY table_name`;
  const shape = z.array(z.object({ name: z.string(), has: z.boolean() }));
  return shape.parse(rows).flatMap((table) => (table.has === has ? [table.name] : []));
}

test("every kind of row belongs to a workspace, or is named here as the installation's", async () => {
  expect((await tablesWhere(false)).filter((name) => !name.startsWith("_"))).toEqual([
    "Account",
    "Session",
    "User",
    "Verification",
    "Workspace",
  ]);
});
