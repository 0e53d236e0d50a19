import { parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import * as z from "zod";
import { createAudience } from "@/core/api/audiences";
import * as api from "@/core/api/members-links";
import { errorAnswer } from "@/core/api/shared";
import { openTestApp, type TestApp } from "@/tests/support/app";

const origin = "https://foothold.example.com";
let app: TestApp;
let audienceId: string;
let writeKey: string;
/** What the clock shows; null for the real one. */
let clock: number | null = null;
beforeAll(async () => {
  app = await openTestApp({ publicOrigin: origin });
  vi.spyOn(app.services, "now").mockImplementation(() => new Date(clock ?? Date.now()));
  vi.spyOn(app.installation, "now").mockImplementation(() => new Date(clock ?? Date.now()));
  writeKey = z
    .object({ writeKey: z.string() })
    .parse((await app.call("POST", "/api/sources", { name: "App" })).body).writeKey;
  await send([
    { type: "track", userId: "ann", event: "Account Created" },
    {
      type: "identify",
      userId: "ann",
      traits: { email: "ann@example.com", seats: 5, paid: true, mixed: "x", at: { city: "Oslo" } },
    },
    { type: "track", userId: "bob", event: "Account Created" },
    { type: "identify", userId: "bob", traits: { seats: 1e15, ratio: 0.5, mixed: 2 } },
  ]);
  const definition = { version: 1, root: { kind: "event", event: "Account Created" } };
  ({ id: audienceId } = await ok(createAudience.answer, "POST", "/api/audiences", { name: "Signed up", definition }));
});
afterAll(() => app.close());
beforeEach(() => {
  clock = null;
});
vi.setConfig({ testTimeout: 60_000 });

async function send(batch: readonly object[]): Promise<void> {
  const response = await app.fetch("/v1/batch", { method: "POST", body: JSON.stringify({ writeKey, batch }) });
  expect(response.status).toBe(200);
}

async function ok<Answer>(answer: z.ZodType<Answer>, method: string, path: string, body?: unknown): Promise<Answer> {
  const called = await app.call(method, path, body);
  expect(called.status, JSON.stringify(called.body)).toBeLessThan(300);
  return answer.parse(called.body);
}

const make = (body: object = {}) =>
  ok(api.createMembersLink.answer, "POST", `/api/audiences/${audienceId}/members-link`, body);

/** As anybody does who has the link and nothing else. */
async function open(url: string): Promise<Response> {
  expect(url.startsWith(`${origin}/api/members-links/`)).toBe(true);
  return app.fetch(url.slice(origin.length));
}

async function refused(url: string) {
  const response = await open(url);
  return { status: response.status, message: errorAnswer.parse(await response.json()).error.message };
}

test("a link is the file for whoever has it, without logging in", async () => {
  const { url, expiresAt } = await make({ columns: ["userId", "email", "at.city"] });
  expect(new Date(expiresAt).getTime() - Date.now()).toBeGreaterThan(86_000_000);
  const response = await open(url);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toContain("text/csv");
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="signed_up.csv"');
  expect(response.headers.get("cache-control")).toContain("no-store");
  expect(await response.text()).toBe("userId,email,at.city\r\nann,ann@example.com,Oslo\r\nbob,,\r\n");
  const { items } = await ok(api.listMembersLinks.answer, "GET", `/api/audiences/${audienceId}/members-links`);
  expect(items.at(-1)?.lastOpenedAt).not.toBeNull();
  expect(JSON.stringify(items)).not.toContain(new URL(url).searchParams.get("signature"));
});

test("it follows the audience, or stays with those of its moment", async () => {
  const now = await make({ columns: ["userId"] });
  const then = await make({ columns: ["userId"], asOf: new Date().toISOString() });
  await send([{ type: "track", userId: "cid", event: "Account Created" }]);
  expect(await (await open(now.url)).text()).toBe("userId\r\nann\r\nbob\r\ncid\r\n");
  expect(await (await open(then.url)).text()).toBe("userId\r\nann\r\nbob\r\n");
});

test("it works until the very moment at which it expires, and says so afterwards", async () => {
  clock = Date.parse("2026-11-29T12:00:00.000Z");
  const { url, expiresAt } = await make({ expiresIn: 3_600 });
  expect(expiresAt).toBe("2026-11-29T13:00:00.000Z");
  clock += 3_600_000 - 1;
  expect((await open(url)).status).toBe(200);
  clock += 1;
  expect(await refused(url)).toEqual({
    status: 403,
    message: "This link expired at 2026-11-29T13:00:00.000Z. Ask for another one.",
  });
  const { items } = await ok(api.listMembersLinks.answer, "GET", `/api/audiences/${audienceId}/members-links`);
  expect(items.map((link) => link.expiresAt)).not.toContain(expiresAt);
});

test("nothing of it can be changed, and a part of it opens nothing", async () => {
  const { url, id } = await make();
  const other = await make({ columns: ["userId", "seats"] });
  const { searchParams } = new URL(url);
  const signature = searchParams.get("signature") ?? "";
  const at = (one: string, sign: string) => `${origin}/api/members-links/${one}/file?signature=${sign}`;
  const first = signature.startsWith("A") ? "B" : "A";
  for (const changed of [
    at(id, first + signature.slice(1)),
    at(id, signature.slice(0, -1)),
    at(id, ""),
    `${origin}/api/members-links/${id}/file`,
    at(other.id, signature),
    at("none", signature),
  ]) {
    expect(await refused(changed), changed).toMatchObject({ status: 404, message: /There is no such link/ });
  }
  // Not even by whoever can write to the metadata without having the key.
  await app.installation.metadata.membersLink.update({
    where: { id },
    data: { columns: ["userId", "email", "seats"] },
  });
  expect((await refused(url)).status).toBe(404);
});

test("it is revoked alone, or with all of its audience", async () => {
  const [one, two, three] = [await make(), await make(), await make()];
  const path = `/api/members-links/${one.id}`;
  expect(await ok(api.revokeMembersLink.answer, "DELETE", path)).toEqual({ revoked: 1 });
  expect(await ok(api.revokeMembersLink.answer, "DELETE", path)).toEqual({ revoked: 0 });
  expect(await refused(one.url)).toEqual({ status: 403, message: "This link was revoked. Ask for another one." });
  expect((await open(two.url)).status).toBe(200);
  const all = `/api/audiences/${audienceId}/members-links`;
  expect((await ok(api.revokeMembersLinks.answer, "DELETE", all)).revoked).toBeGreaterThanOrEqual(2);
  for (const { url } of [two, three]) expect((await refused(url)).status).toBe(403);
  expect((await ok(api.listMembersLinks.answer, "GET", all)).items).toEqual([]);
});

test("what it cannot be is refused", async () => {
  const refusal = async (body: object) => {
    const { status, body: answer } = await app.call("POST", `/api/audiences/${audienceId}/members-link`, body);
    return { status, path: errorAnswer.parse(answer).error.path };
  };
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
  expect(await refusal({ expiresIn: 60, expiresAt: inAnHour })).toEqual({ status: 400, path: "expiresAt" });
  expect(await refusal({ expiresAt: "2020-01-01T00:00:00Z" })).toEqual({ status: 400, path: "expiresAt" });
  expect(await refusal({ expiresAt: "2999-01-01T00:00:00Z" })).toEqual({ status: 400, path: "expiresAt" });
  expect(await refusal({ expiresIn: 1 })).toEqual({ status: 400, path: "expiresIn" });
  expect(await refusal({ columns: ["email", "email"] })).toEqual({ status: 400, path: "columns" });
  expect(await refusal({ columns: [] })).toEqual({ status: 400, path: "columns" });
});

test("NDJSON has the values as they are, and Parquet each column by its type", async () => {
  const columns = ["userId", "seats", "ratio", "paid", "mixed", "at", "anonymousIds", "nobody has it"];
  const asOf = new Date().toISOString();
  const lines = await (await open((await make({ columns, format: "ndjson", asOf })).url)).text();
  const [ann, bob] = lines
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const nothing = { anonymousIds: [], "nobody has it": null };
  expect(ann).toEqual({
    userId: "ann",
    seats: 5,
    ratio: null,
    paid: true,
    mixed: "x",
    at: { city: "Oslo" },
    ...nothing,
  });
  expect(bob).toEqual({ userId: "bob", seats: 1e15, ratio: 0.5, paid: null, mixed: 2, at: null, ...nothing });

  const response = await open((await make({ columns, format: "parquet", asOf })).url);
  expect(response.headers.get("content-type")).toBe("application/vnd.apache.parquet");
  const rows = await parquetReadObjects({ file: await response.arrayBuffer() });
  expect(rows.slice(0, 2)).toEqual([
    { ...ann, seats: 5n, at: '{"city":"Oslo"}', anonymousIds: "[]" },
    { ...bob, seats: 1_000_000_000_000_000n, mixed: "2", anonymousIds: "[]" },
  ]);
});

test("of nobody, the file has its columns and no row", async () => {
  const definition = { version: 1, root: { kind: "event", event: "Never Done" } };
  const { id } = await ok(createAudience.answer, "POST", "/api/audiences", { name: "Nobody", definition });
  const linkTo = async (format: string) =>
    open((await ok(api.createMembersLink.answer, "POST", `/api/audiences/${id}/members-link`, { format })).url);
  expect(await (await linkTo("csv")).text()).toBe("userId,email\r\n");
  expect(await (await linkTo("ndjson")).text()).toBe("");
  expect(await parquetReadObjects({ file: await (await linkTo("parquet")).arrayBuffer() })).toEqual([]);
});
