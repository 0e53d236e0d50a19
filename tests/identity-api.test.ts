import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { Sql, sql } from "@/server/event-store/sql";
import { openTestApp, type TestApp } from "./support/app";
import { testMessages } from "./support/messages";
import { faultsOf } from "./support/torn-state";

const profileRow = z.object({ id: z.string(), userId: z.string().nullable(), anonymousIds: z.array(z.string()) });
const profilePage = z.object({ items: z.array(profileRow) });
const log = z.object({
  identifiers: z.array(z.object({ kind: z.string(), id: z.string() })),
  log: z.array(
    z.object({ id: z.string(), action: z.string(), reason: z.string(), holds: z.boolean(), sentence: z.string() }),
  ),
});
const counted = z.object({ count: z.int() });
const live = z.object({ id: z.string(), profiles: z.array(z.string()) });

let app: TestApp;
let next = 0;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

/** Messages as they come in; each without an id of its own gets one. */
async function send(...raw: Record<string, unknown>[]): Promise<void> {
  const messages = testMessages(...raw.map((one) => ({ messageId: `m${next++}`, ...one })));
  await app.services.ingest.write({ source: "s", messages, rejections: [] });
}
const track = (event: string, ids: object) => ({ type: "track", event, ...ids });

async function byUser(userId: string): Promise<z.infer<typeof profileRow>> {
  const { body } = await app.call("GET", `/api/profiles?userId=${encodeURIComponent(userId)}`);
  const [found] = profilePage.parse(body).items;
  if (found === undefined) throw new Error(`Nobody is ${userId}`);
  return found;
}
async function did(event: string, includeAnonymous = false): Promise<number> {
  const definition = { version: 1, root: { kind: "event", event }, includeAnonymous };
  const { body } = await app.call("POST", "/api/audiences/preview", { definition });
  return counted.parse(body).count;
}
async function identityOf(id: string): Promise<z.infer<typeof log>> {
  return log.parse((await app.call("GET", `/api/profiles/${id}/identity`)).body);
}
const raw = () => app.services.ingest.changePeople(async ({ eventStore }) => faultsOf(eventStore));

test("a person is read by their userId as by their id", async () => {
  await send(track("Read", { userId: "reader" }));
  const { id } = await byUser("reader");
  const byId = await app.call("GET", `/api/profiles/${id}`);
  expect(byId).toMatchObject({ status: 200, body: { id, userId: "reader", audiences: [] } });
  const { body } = await app.call("GET", "/api/profiles?userId=reader");
  expect(body).toMatchObject(z.record(z.string(), z.unknown()).parse(byId.body));
  expect((await app.call("GET", "/api/profiles?userId=nobody")).body).toEqual({ items: [], nextCursor: null });
});

describe("joins of people", () => {
  test("are explained, previewed, done by hand and undone, and every figure follows", async () => {
    await send(
      track("Visited", { anonymousId: "a1" }),
      { type: "identify", userId: "u1", anonymousId: "a1", traits: { plan: "trial" } },
      track("Bought", { userId: "u2" }),
      track("Visited", { anonymousId: "a2", userId: "u2" }),
    );
    const { body: saved } = await app.call("POST", "/api/audiences", {
      name: "Visited twice",
      definition: { version: 1, root: { kind: "event", event: "Visited", count: { op: "at_least", value: 2 } } },
    });
    expect(saved).toMatchObject({ name: "Visited twice" });
    const [one, two] = [await byUser("u1"), await byUser("u2")];
    expect((await identityOf(one.id)).log.map(({ sentence }) => sentence)).toEqual([
      "Anonymous id a1 joined user u1 by a message that carried both",
    ]);
    expect(await did("Visited")).toBe(2);

    const preview = await app.call("POST", `/api/profiles/${one.id}/merge/preview`, { other: two.id });
    expect(preview.body).toMatchObject({ audiences: [{ name: "Visited twice", before: 0, after: 1 }] });
    const merged = live.parse((await app.call("POST", `/api/profiles/${one.id}/merge`, { other: two.id })).body);
    expect(await did("Visited")).toBe(1);
    expect(await did("Bought")).toBe(1);
    expect(await byUser("u2")).toMatchObject({ id: merged.id, userId: "u1", anonymousIds: ["a1", "a2"] });
    expect(await raw()).toEqual([]);

    // What comes now is of the one person, whatever id it has.
    await send(track("Later", { userId: "u2" }), track("Later", { anonymousId: "a1" }));
    expect(await did("Later")).toBe(1);

    const [join] = (await identityOf(merged.id)).log.filter(({ reason }) => reason === "hand");
    const split = await app.call("POST", `/api/profiles/${merged.id}/split/preview`, { join: join?.id });
    expect(split.body).toMatchObject({ audiences: [{ name: "Visited twice", before: 1, after: 0 }] });
    const parted = live.parse((await app.call("POST", `/api/profiles/${merged.id}/split`, { join: join?.id })).body);
    expect(parted.profiles).toHaveLength(2);
    expect(await did("Visited")).toBe(2);
    expect(await did("Later")).toBe(2);
    expect(await byUser("u1")).toMatchObject({ userId: "u1", anonymousIds: ["a1"] });
    expect(await byUser("u2")).toMatchObject({ userId: "u2", anonymousIds: ["a2"] });
    expect(await raw()).toEqual([]);
    // The number of before leads to who is shown with the same userId.
    expect((await app.call("GET", `/api/profiles/${merged.id}`)).body).toMatchObject({ userId: "u1" });
  });

  test("are previewed exactly where an audience asks of accounts", async () => {
    await send(
      { type: "group", userId: "boss", groupId: "guild", traits: { plan: "trial" } },
      { type: "group", userId: "clerk", groupId: "guild", traits: {} },
      track("Signed Off", { userId: "twin" }),
      { type: "group", userId: "twin", groupId: "union", traits: { plan: "paid" } },
    );
    const audience = async (name: string, condition: object) => {
      const definition = { version: 1, root: { kind: "account", condition } };
      const { body } = await app.call("POST", "/api/audiences", { name, definition });
      return z.object({ id: z.string() }).parse(body).id;
    };
    const onPlan = (value: string) => ({ kind: "trait", trait: "plan", op: "equals", value });
    const signedOff = { kind: "person", condition: { kind: "event", event: "Signed Off" } };
    await audience("Guild where one signed off", { kind: "all", conditions: [onPlan("trial"), signedOff] });
    await audience("Union", onPlan("paid"));
    await audience("Where nobody signed off", { kind: "not", condition: signedOff });
    const membersIn = async (people: readonly string[]) => {
      const pages = await Promise.all(people.map((id) => app.call("GET", `/api/profiles/${id}`)));
      const shape = z.object({ audiences: z.array(z.object({ name: z.string() })) });
      return pages.map(({ body }) =>
        shape
          .parse(body)
          .audiences.map(({ name }) => name)
          .sort(),
      );
    };
    const previewed = z.object({ after: z.array(z.object({ audiences: z.array(z.object({ name: z.string() })) })) });
    const namesAfter = (body: unknown) =>
      previewed.parse(body).after.map(({ audiences }) => audiences.map(({ name }) => name).sort());

    const [boss, twin] = [await byUser("boss"), await byUser("twin")];
    expect(await membersIn([boss.id, twin.id])).toEqual([["Where nobody signed off"], ["Union"]]);
    const { body: preview } = await app.call("POST", `/api/profiles/${boss.id}/merge/preview`, { other: twin.id });
    expect(namesAfter(preview)).toEqual([["Guild where one signed off", "Union"]]);
    await app.call("POST", `/api/profiles/${boss.id}/merge`, { other: twin.id });
    expect(await membersIn([boss.id, (await byUser("clerk")).id])).toEqual([
      ["Guild where one signed off", "Union"],
      ["Guild where one signed off"],
    ]);

    const join = (await identityOf(boss.id)).log.find(({ holds }) => holds)?.id;
    const split = await app.call("POST", `/api/profiles/${boss.id}/split/preview`, { join });
    const parts = [["Union"], ["Where nobody signed off"]];
    expect(namesAfter(split.body).sort()).toEqual(parts);
    const { body } = await app.call("POST", `/api/profiles/${boss.id}/split`, { join });
    expect((await membersIn(live.parse(body).profiles)).sort()).toEqual(parts);
  });

  test("by a message can be undone, and no message joins the two again", async () => {
    await send(track("Began", { anonymousId: "b1" }), track("Began", { userId: "v1", anonymousId: "b1" }));
    const whole = await byUser("v1");
    const [join] = (await identityOf(whole.id)).log;
    await app.call("POST", `/api/profiles/${whole.id}/split`, { join: join?.id });
    expect(await did("Began")).toBe(1);
    expect(await did("Began", true)).toBe(2);
    await send(track("Again", { userId: "v1", anonymousId: "b1" }), track("Again", { anonymousId: "b1" }));
    expect(await did("Again")).toBe(1);
    expect(await did("Again", true)).toBe(2);
    expect((await identityOf((await byUser("v1")).id)).log.at(-1)?.sentence).toBe(
      "Anonymous id b1 came with user v1 and was not joined: somebody has parted the two by hand",
    );
    expect(await raw()).toEqual([]);
  });

  test("by an alias show the alias's userId, and can be undone", async () => {
    await send(track("Old", { userId: "w1" }), track("New", { userId: "w2" }), {
      type: "alias",
      previousId: "w1",
      userId: "w2",
    });
    const whole = await byUser("w1");
    expect(whole.userId).toBe("w2");
    const [join] = (await identityOf(whole.id)).log;
    expect(join?.sentence).toBe("User w1 joined user w2 by an alias");
    await app.call("POST", `/api/profiles/${whole.id}/split`, { join: join?.id });
    expect((await byUser("w1")).userId).toBe("w1");
    expect(await raw()).toEqual([]);
  });

  test("of a pair that does not hang together, and of one person, are refused", async () => {
    const person = await byUser("w2");
    const same = await app.call("POST", `/api/profiles/${person.id}/merge`, { other: person.id });
    expect(same).toMatchObject({ status: 400, body: { error: { code: "invalid", path: "other" } } });
    const none = await app.call("POST", `/api/profiles/${person.id}/split`, { join: "1.0" });
    expect(none).toMatchObject({ status: 404, body: { error: { code: "not_found", path: "join" } } });
  });

  test("never show half of themselves to whoever reads meanwhile", { timeout: 120_000 }, async () => {
    await send(
      ...Array.from({ length: 20 }, () => track("Half", { userId: "h1" })),
      ...Array.from({ length: 20 }, () => track("Half", { userId: "h2" })),
    );
    let isOver = false;
    const seen = new Set<string>();
    const reading = (async () => {
      const definition = { version: 1, root: { kind: "event", event: "Half" } };
      while (!isOver) {
        const { body } = await app.call("POST", "/api/audiences/preview", { definition });
        const { count, people } = z.object({ count: z.int(), people: z.array(z.unknown()) }).parse(body);
        seen.add(`${count} ${people.length}`);
        // Each of the forty events is somebody's, and nobody's twice.
        const { body: twenty } = await app.call("POST", "/api/audiences/preview", {
          definition: {
            version: 1,
            root: { kind: "event", event: "Half", count: { op: "exactly", value: 20 } },
          },
        });
        seen.add(`twenty: ${counted.parse(twenty).count}`);
      }
    })();
    for (let round = 0; round < 3; round++) {
      const [one, two] = [await byUser("h1"), await byUser("h2")];
      const merged = live.parse((await app.call("POST", `/api/profiles/${one.id}/merge`, { other: two.id })).body);
      const joins = (await identityOf(merged.id)).log.filter(({ holds }) => holds);
      await app.call("POST", `/api/profiles/${merged.id}/split`, { join: joins.at(-1)?.id });
    }
    isOver = true;
    await reading;
    expect(
      [...seen].every((state) => ["2 2", "1 1", "twenty: 2", "twenty: 0"].includes(state)),
      [...seen].join(),
    ).toBe(true);
    expect(await raw()).toEqual([]);
  });
});

describe("a person who is deleted", () => {
  test("is gone from every table, has a receipt, and does not come back", async () => {
    await send(
      track("Seen", { anonymousId: "gone-visitor" }),
      {
        type: "identify",
        userId: "gone-user",
        anonymousId: "gone-visitor",
        traits: { email: "gone@example.com", plan: "rare" },
      },
      { type: "identify", userId: "stays", traits: { plan: "rare" } },
    );
    const person = await byUser("gone-user");
    expect(await did("Seen")).toBe(1);
    const receipt = await app.call("DELETE", `/api/profiles/${person.id}`);
    expect(receipt).toMatchObject({ status: 200, body: { counts: { messages: 2, identities: 2 } } });
    expect(await did("Seen", true)).toBe(0);
    expect(await app.call("GET", `/api/profiles/${person.id}`)).toMatchObject({ status: 404 });
    const tables = await app.services.ingest.changePeople(({ eventStore }) =>
      eventStore.query(
        sql`SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree'`,
        z.strictObject({ name: z.string() }),
      ),
    );
    expect(tables.length).toBeGreaterThan(12);
    for (const { name } of tables) {
      const text = await everything(name);
      for (const id of ["gone-user", "gone-visitor", "gone@example.com"])
        expect(text.includes(id), `${id} in ${name}`).toBe(false);
    }
    expect(await byUser("stays")).toMatchObject({ userId: "stays" });

    const { body: source } = await app.call("POST", "/api/sources", { name: "Web" });
    const { writeKey } = z.object({ writeKey: z.string() }).parse(source);
    const again = await app.fetch("/v1/track", {
      method: "POST",
      headers: { authorization: `Basic ${btoa(`${writeKey}:`)}` },
      body: JSON.stringify({ event: "Seen", userId: "gone-user" }),
    });
    expect(again.status).toBe(400);
    expect(await again.json()).toMatchObject({ code: "invalid" });
    expect(await everything("kept_messages")).not.toContain("gone-user");
    expect(await everything("kept_messages")).toContain("suppressed");
    const list = await app.call("GET", "/api/deletions");
    expect(list.body).toMatchObject({
      items: [{ counts: { messages: 2 }, hashes: [expect.any(String), expect.any(String)] }],
    });
    expect(await raw()).toEqual([]);
  });
});

/** All rows of a table as text. */
async function everything(table: string): Promise<string> {
  const name = new Sql([`\`${table}\``]);
  const chunks: Uint8Array[] = [];
  for await (const chunk of app.services.eventStore.streamBytes(sql`SELECT * FROM ${name}`, "JSONEachRow"))
    chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

test("people who may be the same are listed until somebody says that they are not", async () => {
  await send(
    { type: "identify", userId: "d1", traits: { email: "Dup@example.com" } },
    { type: "identify", userId: "d2", traits: { email: "dup@EXAMPLE.com" } },
    track("E", { userId: "d3", anonymousId: "shared" }),
    track("E", { userId: "d4", anonymousId: "shared" }),
  );
  const list = async () =>
    z
      .object({ items: z.array(z.object({ people: z.array(profileRow), reason: z.string(), shared: z.string() })) })
      .parse((await app.call("GET", "/api/duplicates")).body).items;
  const found = (await list()).map(({ people, reason }) => [reason, ...people.map(({ userId }) => userId)]);
  expect(found).toEqual([
    ["email", "d1", "d2"],
    ["device", "d3", "d4"],
  ]);
  const people = (await list())[0]?.people.map(({ id }) => id);
  await app.call("POST", "/api/duplicates/dismiss", { people });
  expect((await list()).map(({ reason }) => reason)).toEqual(["device"]);
});

test("rules of the workspace decide what identifies, from then on", async () => {
  const { body } = await app.call("PATCH", "/api/identity/rules", { email: true, external: ["phone"] });
  expect(body).toMatchObject({ email: true, external: ["phone"] });
  const { body: source } = await app.call("POST", "/api/sources", { name: "App" });
  const { writeKey } = z.object({ writeKey: z.string() }).parse(source);
  const post = (message: object) =>
    app.fetch("/v1/batch", {
      method: "POST",
      headers: { authorization: `Basic ${btoa(`${writeKey}:`)}` },
      body: JSON.stringify({ batch: [message] }),
    });
  await post({ type: "identify", userId: "r1", traits: { email: "R@example.com" } });
  await post({ type: "identify", anonymousId: "r-device", traits: { email: "r@example.com" } });
  await post({ type: "track", event: "Rang", anonymousId: "r-device" });
  expect(await byUser("r1")).toMatchObject({ anonymousIds: ["r-device"] });
  const blocked = await post({ type: "track", event: "Rang", userId: "null" });
  expect(await blocked.json()).toMatchObject({ rejected: [{ code: "blocked_id" }] });
  await post({ type: "track", event: "Rang", userId: "null", anonymousId: "r-device" });
  expect(await did("Rang")).toBe(1);
});
