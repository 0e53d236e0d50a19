import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as accountsApi from "@/core/api/accounts";
import { createAudience, listMembers, previewAudience } from "@/core/api/audiences";
import * as catalogueApi from "@/core/api/catalogue";
import { getProfile, listProfiles } from "@/core/api/profiles";
import { openTestApp, type TestApp } from "@/tests/support/app";
import { testMessages } from "@/tests/support/messages";
import { testToken } from "@/tests/support/services";
import { faultsOf } from "@/tests/support/torn-state";

let app: TestApp;
let next = 0;
beforeAll(async () => {
  app = await openTestApp();
  await send(
    { type: "group", anonymousId: "a1", groupId: "g/1", traits: { name: "Acme", plan: "trial", size: { seats: 3 } } },
    { type: "track", event: "Visited", anonymousId: "a1" },
    { type: "identify", userId: "u1", anonymousId: "a1", traits: {} },
    { type: "group", userId: "u2", groupId: "g/1", traits: { plan: "paid", industry: null } },
    { type: "track", event: "Invite Sent", userId: "u2" },
    { type: "group", userId: "u3", groupId: 42 },
    { type: "group", userId: "u3", groupId: "g/1" },
  );
});
afterAll(() => app.close());

/** Messages as they come in; each without an id of its own gets one. */
async function send(...raw: Record<string, unknown>[]): Promise<void> {
  const messages = testMessages(...raw.map((one) => ({ messageId: `m${next++}`, ...one })));
  await app.services.ingest.write({ source: "s", messages, rejections: [] });
}
async function get(path: string): Promise<unknown> {
  const { status, body } = await app.call("GET", path);
  expect({ path, status }).toEqual({ path, status: 200 });
  return body;
}
const acme = `/api/accounts/${encodeURIComponent("g/1")}`;
async function idOf(userId: string): Promise<string> {
  const [person] = listProfiles.answer.parse(await get(`/api/profiles?userId=${userId}`)).items;
  return person?.id ?? "";
}
async function members(condition: object): Promise<number> {
  const definition = { version: 1, root: { kind: "account", condition } };
  const { body } = await app.call("POST", "/api/audiences/preview", { definition });
  return previewAudience.answer.parse(body).count;
}
const onPlan = (value: string) => ({ kind: "trait", trait: "plan", op: "equals", value });

describe("accounts", () => {
  test("are listed by people, searched by id and name, page by page", async () => {
    const { items, total } = accountsApi.listAccounts.answer.parse(await get("/api/accounts"));
    expect({ total, items: items.map(({ id, name, people }) => [id, name, people]) }).toEqual({
      total: 2,
      items: [
        ["g/1", "Acme", 3],
        ["42", null, 1],
      ],
    });
    expect(await get("/api/accounts?search=CME")).toMatchObject({ total: 1, items: [{ id: "g/1" }] });
    expect(await get("/api/accounts?search=4")).toMatchObject({ total: 1, items: [{ id: "42" }] });
    const { nextCursor } = accountsApi.listAccounts.answer.parse(await get("/api/accounts?limit=1"));
    expect(await get(`/api/accounts?limit=1&cursor=${encodeURIComponent(nextCursor ?? "")}`)).toMatchObject({
      items: [{ id: "42" }],
      nextCursor: null,
    });
    expect((await app.call("GET", "/api/accounts?cursor=x")).status).toBe(400);
  });

  test("have traits with their history, people, and what these did", async () => {
    expect(await get(acme)).toMatchObject({ traits: { name: "Acme", plan: "paid", size: { seats: 3 } }, people: 3 });
    expect(await get(`${acme}/traits?trait=plan`)).toMatchObject({
      items: [
        { value: "paid", messageId: "m3" },
        { value: "trial", messageId: "m0" },
      ],
    });
    const people = accountsApi.listAccountPeople.answer.parse(await get(`${acme}/people`)).items;
    expect(people.map(({ userId }) => userId).sort()).toEqual(["u1", "u2", "u3"]);
    const messages = accountsApi.listAccountMessages.answer.parse(await get(`${acme}/messages?type=track`)).items;
    expect(messages.map(({ event, profileId }) => [event, profileId]).sort()).toEqual([
      ["Invite Sent", await idOf("u2")],
      ["Visited", await idOf("u1")],
    ]);
    expect((await app.call("GET", "/api/accounts/none")).status).toBe(404);
    expect((await app.call("GET", "/api/accounts/none/people")).status).toBe(404);
    const { accounts } = getProfile.answer.parse(await get(`/api/profiles/${await idOf("u3")}`));
    expect(accounts.map(({ id, name }) => [id, name]).sort()).toEqual([
      ["42", null],
      ["g/1", "Acme"],
    ]);
  });

  test("have their own catalogue of traits and values", async () => {
    const traits = catalogueApi.listAccountTraits.answer.parse(await get("/api/account-traits")).items;
    expect(traits.map(({ name, accounts }) => [name, accounts]).sort()).toEqual([
      ["industry", 1],
      ["name", 1],
      ["plan", 1],
      ["size.seats", 1],
    ]);
    expect(await get("/api/account-trait-values?trait=plan")).toMatchObject({
      items: [{ value: "paid", accounts: 1 }],
    });
    expect(await get("/api/account-trait-values?trait=size.seats")).toMatchObject({ items: [{ value: 3 }] });
  });

  test("are columns of members and of their file", async () => {
    const definition = { version: 1, root: { kind: "account", condition: onPlan("paid") } };
    const made = await app.call("POST", "/api/audiences", { name: "Paying", definition });
    const { id } = createAudience.answer.parse(made.body);
    const columns = "userId,$account,$account.plan,$account.size.seats,$account.none";
    const address = (path: string) => `/api/audiences/${id}/${path}`;
    const headers = { authorization: `Bearer ${testToken}` };
    const csv = await (await app.fetch(address(`members.csv?columns=${columns}`), { headers })).text();
    expect(csv.split("\r\n").sort()).toEqual([
      "",
      "u1,g/1,paid,3,",
      "u2,g/1,paid,3,",
      'u3,"[""42"",""g/1""]","[null,""paid""]","[null,3]","[null,null]"',
      columns,
    ]);
    const { items } = listMembers.answer.parse(await get(address("members?accountTraits=plan,size.seats")));
    expect(items.find(({ userId }) => userId === "u3")?.accounts).toEqual([
      { id: "42", traits: {} },
      { id: "g/1", traits: { plan: "paid", size: { seats: 3 } } },
    ]);
    expect((await app.call("GET", address("members?accountTraits=,"))).body).toMatchObject({
      error: { code: "invalid", path: "accountTraits" },
    });
  });

  test("follow joins and deletions of people in every figure", async () => {
    const invited = { kind: "person", condition: { kind: "event", event: "Invite Sent" } };
    expect(await members(onPlan("paid"))).toBe(3);
    expect(await members(invited)).toBe(3);
    await app.call("POST", `/api/profiles/${await idOf("u1")}/merge`, { other: await idOf("u3") });
    expect(await members(invited)).toBe(2);
    expect(await get(acme)).toMatchObject({ people: 2 });
    expect((await app.call("DELETE", `/api/profiles/${await idOf("u2")}`)).status).toBe(200);
    expect(await members(invited)).toBe(0);
    // What only the deleted person had said of the account is gone with them.
    expect(await members(onPlan("trial"))).toBe(1);
    expect(await get(`${acme}/traits?trait=plan`)).toMatchObject({ items: [{ value: "trial" }] });
    expect(await app.services.ingest.changePeople(async ({ eventStore }) => faultsOf(eventStore))).toEqual([]);
  });
});
