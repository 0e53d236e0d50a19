import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as z from "zod";
import { createAudience } from "@/core/api/audiences";
import { createDestination } from "@/core/api/destinations";
import { errorAnswer } from "@/core/api/shared";
import * as api from "@/core/api/syncs";
import { type PostgresqlServer, startPostgresqlTool } from "@/tests/destinations/postgresql-server";
import { openTestApp, type TestApp } from "@/tests/support/app";

const patience = { timeout: 50_000, interval: 50 };
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let app: TestApp;
let server: PostgresqlServer;
beforeAll(async () => {
  app = await openTestApp({ allowPrivateAddresses: true });
  server = await startPostgresqlTool();
});
afterAll(async () => {
  await app.close();
  await server.close();
});

async function ok<Answer>(answer: z.ZodType<Answer>, method: string, path: string, body?: unknown): Promise<Answer> {
  const called = await app.call(method, path, body);
  expect(called.status, JSON.stringify(called.body)).toBeLessThan(300);
  return answer.parse(called.body);
}

test("a tool is compared with the audience, and exactly the differences are sent", async () => {
  const source = await app.call("POST", "/api/sources", { name: "App" });
  const { writeKey } = z.object({ writeKey: z.string() }).parse(source.body);
  const track = (userId: string, event: string) => ({ type: "track", userId, event });
  const people = ["ann", "bob", "cid", "dan"];
  const batch = [...people.map((userId) => track(userId, "Joined")), track("eve", "Other")];
  await app.fetch("/v1/batch", { method: "POST", body: JSON.stringify({ writeKey, batch }) });
  const definition = { version: 1, root: { kind: "event", event: "Joined" } };
  const { id: audienceId } = await ok(createAudience.answer, "POST", "/api/audiences", { name: "Joined", definition });
  const connection = { tool: "postgresql", name: "Warehouse", settings: server.settings };
  const { id: destinationId } = await ok(createDestination.answer, "POST", "/api/destinations", connection);
  const { id } = await ok(api.createSync.answer, "POST", "/api/syncs", { audienceId, destinationId });
  const compare = () => ok(api.compareSync.answer, "POST", `/api/syncs/${id}/compare`);
  await vi.waitFor(
    async () =>
      expect(await compare()).toMatchObject({
        isAsked: true,
        there: 4,
        expected: 4,
        missing: 0,
        extra: 0,
        strangers: 0,
      }),
    patience,
  );

  // Somebody else writes into the tool: two are gone, and two are there who should not be, one of them unknown here.
  await server.tamper("DELETE FROM foothold.audience_members WHERE identifier IN ('ann', 'bob')");
  await server.tamper(`INSERT INTO foothold.audience_members
    SELECT (jsonb_populate_record(m, jsonb_build_object('identifier', name))).* FROM foothold.audience_members m,
      (VALUES ('eve'), ('stranger')) AS more (name) WHERE m.identifier = 'cid'`);
  const found = await compare();
  expect(found).toMatchObject({ there: 4, expected: 4, missing: 2, extra: 2, strangers: 1 });
  if (!found.isAsked) throw new Error("The tool was not asked");
  expect(found.missingPeople.map(({ identifier }) => identifier).sort()).toEqual(["ann", "bob"]);
  expect(found.extraPeople.map(({ identifier, profileId }) => [identifier, profileId !== null]).sort()).toEqual([
    ["eve", true],
    ["stranger", false],
  ]);
  const before = await ok(api.listDeliveries.answer, "GET", `/api/deliveries?syncId=${id}`);
  expect(await ok(api.repairSync.answer, "POST", `/api/syncs/${id}/repair`)).toEqual({ entering: 2, leaving: 1 });
  await vi.waitFor(async () => {
    expect((await server.members(audienceId)).sort()).toEqual(["ann", "bob", "cid", "dan", "stranger"]);
    expect(await compare()).toMatchObject({ missing: 0, extra: 1, strangers: 1 });
  }, patience);
  const after = await ok(api.listDeliveries.answer, "GET", `/api/deliveries?syncId=${id}`);
  const sent = after.items.slice(0, after.items.length - before.items.length);
  expect(sent.map(({ identifier, change }) => `${identifier.value} ${change}`).sort()).toEqual([
    "ann entered",
    "bob entered",
    "eve exited",
  ]);
  expect(await ok(api.repairSync.answer, "POST", `/api/syncs/${id}/repair`)).toEqual({ entering: 0, leaving: 0 });

  const settings = { url: "https://example.com/hook", secret: "whispered-between-us" };
  const hook = { tool: "webhook", name: "Hook", settings };
  const { id: hookId } = await ok(createDestination.answer, "POST", "/api/destinations", hook);
  const elsewhere = { audienceId, destinationId: hookId, sendsEntering: false };
  const { id: silent } = await ok(api.createSync.answer, "POST", "/api/syncs", elsewhere);
  await vi.waitFor(async () => {
    const called = await app.call("POST", `/api/syncs/${silent}/compare`);
    expect(called).toMatchObject({
      status: 200,
      body: { isAsked: false, reason: "Webhook cannot be asked whom it has." },
    });
  }, patience);
  await ok(api.updateSync.answer, "PATCH", `/api/syncs/${silent}`, { status: "paused" });
  const paused = await app.call("POST", `/api/syncs/${silent}/repair`);
  expect({ status: paused.status, ...errorAnswer.parse(paused.body).error }).toMatchObject({ status: 409 });
});
