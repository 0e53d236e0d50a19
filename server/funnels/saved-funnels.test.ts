import { afterAll, beforeAll, expect, test } from "vitest";
import { listFunnelVersions } from "@/core/api/funnel-versions";
import { createFunnel, listFunnels } from "@/core/api/funnels";
import type { FunnelDefinition } from "@/core/funnel/definition";
import { openTestApp, type TestApp } from "@/tests/support/app";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const funnel: FunnelDefinition = {
  steps: [{ event: "Signed Up" }, { event: "Activated", label: "First value" }],
  window: { amount: 1, unit: "day" },
};

async function create(name: string) {
  const { status, body } = await app.call("POST", "/api/funnels", { name, funnel });
  expect(status, JSON.stringify(body)).toBe(201);
  return createFunnel.answer.parse(body);
}

test("a funnel is saved, renamed, redefined, archived and brought back", async () => {
  const saved = await create(" Sign-up to activation ");
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
  for (const name of names) await create(name);
  const first = listFunnels.answer.parse((await app.call("GET", "/api/funnels?limit=2")).body);
  expect(first.items.map(({ name }) => name)).toEqual(["P3", "P2"]);
  const second = listFunnels.answer.parse(
    (await app.call("GET", `/api/funnels?limit=1&cursor=${first.nextCursor}`)).body,
  );
  expect(second.items.map(({ name }) => name)).toEqual(["P1"]);
});

test("each change of what a funnel says is a version, with who, when and what; any can be compared and restored", async () => {
  const saved = await create("Versions");
  expect(saved.version).toBe(1);
  const at = `/api/funnels/${saved.id}`;
  const longer: FunnelDefinition = { ...funnel, window: { amount: 3, unit: "day" } };
  expect((await app.call("PATCH", at, { funnel: longer, note: "More time" })).body).toMatchObject({ version: 2 });
  expect((await app.call("PATCH", at, { name: "Renamed" })).body).toMatchObject({ version: 2, name: "Renamed" });
  expect(await app.call("PATCH", at, { note: "Of what?" })).toMatchObject({ status: 400 });

  const first = listFunnelVersions.answer.parse((await app.call("GET", `${at}/versions?limit=1`)).body);
  expect(first.items).toMatchObject([
    {
      version: 2,
      funnel: longer,
      note: "More time",
      createdBy: { kind: "environment" },
      restoredFrom: null,
      changes: [{ kind: "changed", text: "changed: within 1 day to within 3 days" }],
    },
  ]);
  const rest = await app.call("GET", `${at}/versions?cursor=${first.nextCursor}`);
  expect(rest.body).toMatchObject({ items: [{ version: 1, funnel, changes: [], note: "" }], nextCursor: null });
  expect((await app.call("GET", `${at}/versions?cursor=x`)).status).toBe(400);

  expect((await app.call("GET", `${at}/compare?before=1&after=2`)).body).toMatchObject({
    before: { funnel, figures: { steps: [{ people: 0 }, { people: 0 }] } },
    after: { funnel: longer },
    changes: [{ kind: "changed" }],
  });
  expect((await app.call("GET", `${at}/compare?before=1&after=9`)).status).toBe(404);

  expect((await app.call("POST", `${at}/restore`, { version: 1 })).body).toMatchObject({ version: 3, funnel });
  expect((await app.call("GET", at)).body).toMatchObject({ version: 3, funnel });
  expect((await app.call("GET", `${at}/versions`)).body).toMatchObject({
    items: [{ version: 3, restoredFrom: 1, changes: [{ kind: "changed" }] }, { version: 2 }, { version: 1 }],
  });
  expect((await app.call("POST", `${at}/restore`, { version: 3 })).status).toBe(409);
  expect((await app.call("POST", `${at}/restore`, { version: 7 })).status).toBe(404);
});
