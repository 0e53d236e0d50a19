import { afterAll, beforeAll, expect, test } from "vitest";
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
