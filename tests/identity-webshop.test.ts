import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { getAudience, listMembers, previewAudience } from "@/core/api/audiences";
import { listEvents } from "@/core/api/catalogue";
import { previewFunnel } from "@/core/api/funnels";
import { checkMembers, listChanges } from "@/core/api/memberships";
import { listProfiles } from "@/core/api/profiles";
import { getOverview, workspace as workspaceShape } from "@/core/api/workspace";
import type { AudienceTree } from "@/core/audience/definition";
import { openTestApp, type TestApp } from "./support/app";
import { testToken } from "./support/services";
import {
  cookieId,
  personOf,
  type ShopEvent,
  shopCookies,
  shopEvents,
  shopLog,
  shopPeople,
  userIdOf,
} from "./support/web-shop";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const now = Date.now();
const log = shopLog(now);
const numberOf = new Map(Array.from({ length: shopCookies }, (_, cookie) => [cookieId(cookie), personOf(cookie)]));
/** What each person did on all of their cookies, in the order of time. */
const histories = eventsOfPeople(log.toSorted((one, other) => one.timestamp - other.timestamp));

function eventsOfPeople(events: readonly ShopEvent[]): Map<string, ShopEvent[]> {
  const found = new Map<string, ShopEvent[]>();
  for (const event of events) {
    const userId = userIdOf(numberOf.get(event.cookie) ?? -1);
    found.set(userId, [...(found.get(userId) ?? []), event]);
  }
  return found;
}

const peopleWho = (does: (events: readonly ShopEvent[]) => boolean) =>
  [...histories].flatMap(([userId, events]) => (does(events) ? [userId] : [])).sort();
const times = (events: readonly ShopEvent[], name: string) => events.filter((event) => event.name === name).length;

/** The deepest step of the shop's funnel: the earliest event for each step is as good as any. */
function depthOf(events: readonly ShopEvent[]): number {
  let depth = 0;
  for (const { name } of events) if (name === shopEvents[depth]) depth += 1;
  return depth;
}

const did = (event: string, value = 1): AudienceTree => ({ kind: "event", event, count: { op: "at_least", value } });
const never = (event: string): AudienceTree => ({ kind: "event", event, count: { op: "exactly", value: 0 } });
const left: AudienceTree = { kind: "all", conditions: [did("Product Added", 2), never("Order Completed")] };
const whoLeft = peopleWho((events) => times(events, "Product Added") >= 2 && times(events, "Order Completed") === 0);
const spent: AudienceTree = {
  kind: "event",
  event: "Order Completed",
  aggregate: { fn: "sum", property: "amount", op: "gte", value: 100 },
};
const whoSpent = peopleWho(
  (events) =>
    events.reduce(
      (cents, { name, amount }) => cents + (name === "Order Completed" ? Math.round(amount * 100) : 0),
      0,
    ) >= 10_000,
);
const funnel = { steps: shopEvents.map((event) => ({ event })), window: null };

type Identify = (cookie: number) => object;
const ways: Record<string, Identify> = {
  "an identify with both ids": (cookie) => ({
    type: "identify",
    userId: userIdOf(personOf(cookie)),
    anonymousId: cookieId(cookie),
    traits: { seat: personOf(cookie) % 7 },
  }),
  "an alias": (cookie) => ({ type: "alias", userId: userIdOf(personOf(cookie)), previousId: cookieId(cookie) }),
};

describe.each(Object.entries(ways))("a web-shop's log whose identities all come last, each by %s", (way, identify) => {
  let workspace: string;
  let writeKey: string;
  let audienceId: string;

  async function ask(method: string, path: string, body?: unknown) {
    const response = await app.fetch(path, {
      method,
      headers: { authorization: `Bearer ${testToken}`, "x-workspace": workspace },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    expect(response.status, `${path}: ${text}`).toBeLessThan(300);
    return response.headers.get("content-type")?.includes("json") ? JSON.parse(text) : text;
  }

  async function send(messages: readonly object[]): Promise<void> {
    for (let start = 0; start < messages.length; start += 500) {
      const batch = messages.slice(start, start + 500);
      const answer = await app.fetch("/v1/batch", { method: "POST", body: JSON.stringify({ writeKey, batch }) });
      expect(await answer.json()).toEqual({ success: true });
    }
  }

  const events = log.map(({ type, name, cookie, timestamp, amount }, index) => ({
    type,
    ...(type === "track" ? { event: name } : { name }),
    anonymousId: cookie,
    timestamp: new Date(timestamp).toISOString(),
    properties: { amount },
    messageId: `event ${index}`,
  }));
  const identities = Array.from({ length: shopCookies }, (_, cookie) => ({
    ...identify(cookie),
    timestamp: new Date(now - 1_000).toISOString(),
    messageId: `identity ${cookie}`,
  }));

  beforeAll(async () => {
    const made = await app.call("POST", "/api/workspaces", { name: way, environment: "staging" });
    workspace = workspaceShape.parse(made.body).id;
    writeKey = z.object({ writeKey: z.string() }).parse(await ask("POST", "/api/sources", { name: "Shop" })).writeKey;
    const definition = { version: 1, root: left };
    audienceId = z
      .object({ id: z.string() })
      .parse(await ask("POST", "/api/audiences", { name: "Left", definition })).id;
    await send(events);
  }, 300_000);

  async function preview(root: AudienceTree, conditions = false) {
    const body = { definition: { version: 1, root }, limit: 2_000, conditions };
    return previewAudience.answer.parse(await ask("POST", "/api/audiences/preview", body));
  }

  async function expectFigures(): Promise<void> {
    const found = await preview(left, true);
    expect(found.candidates).toBe(shopPeople);
    expect(found.people.map(({ userId }) => userId).sort()).toEqual(whoLeft);
    expect(found.conditions).toEqual([
      { path: "root", count: whoLeft.length },
      {
        path: "root.conditions[0]",
        count: peopleWho((one) => times(one, "Product Added") >= 2).length,
        left: peopleWho((one) => times(one, "Product Added") >= 2).length,
      },
      {
        path: "root.conditions[1]",
        count: peopleWho((one) => times(one, "Order Completed") === 0).length,
        left: whoLeft.length,
      },
    ]);
    expect((await preview(spent)).people.map(({ userId }) => userId).sort()).toEqual(whoSpent);

    const audience = getAudience.answer.parse(await ask("GET", `/api/audiences/${audienceId}`));
    expect(audience).toMatchObject({ count: whoLeft.length, candidates: shopPeople });
    const members = listMembers.answer.parse(await ask("GET", `/api/audiences/${audienceId}/members?limit=1000`));
    expect(members.items.map(({ userId }) => userId).sort()).toEqual(whoLeft);
    const csv = String(await ask("GET", `/api/audiences/${audienceId}/members.csv?columns=userId`));
    expect(csv.trim().split(/\r?\n/).slice(1).sort()).toEqual(whoLeft);

    const { steps } = previewFunnel.answer.parse(await ask("POST", "/api/funnels/preview", { funnel }));
    expect(steps.map(({ people }) => people)).toEqual(
      shopEvents.map((_, step) => peopleWho((one) => depthOf(one) > step).length),
    );
    const { items } = listEvents.answer.parse(await ask("GET", "/api/events"));
    for (const name of [...shopEvents, "Home"]) {
      const doers = peopleWho((one) => times(one, name) > 0).length;
      const count = log.filter((event) => event.name === name).length;
      expect(items.find(({ event }) => event === name)).toMatchObject({ people: doers, count });
    }
    expect(getOverview.answer.parse(await ask("GET", "/api/overview"))).toMatchObject({
      people: shopPeople,
      anonymous: 0,
    });
    const profiles = listProfiles.answer.parse(await ask("GET", "/api/profiles?limit=1000"));
    expect(profiles.items.map(({ userId }) => userId).sort()).toEqual([...histories.keys()].sort());
    expect(profiles.items.reduce((sum, { anonymousIds }) => sum + anonymousIds.length, 0)).toBe(shopCookies);

    const check = checkMembers.answer.parse(await ask("GET", `/api/audiences/${audienceId}/changes/check`));
    expect(check).toEqual({ members: whoLeft.length, missing: 0, surplus: 0 });
    const changes = listChanges.answer.parse(await ask("GET", `/api/audiences/${audienceId}/changes?limit=1000`));
    const last = new Map(changes.items.map(({ userId, change }) => [userId, change]));
    const inside = [...last].flatMap(([userId, change]) => (change === "entered" ? [userId] : []));
    expect(inside.sort()).toEqual(whoLeft);
  }

  test("before them nobody is known, and each cookie is somebody", async () => {
    const { count, candidates } = await preview(left);
    expect([count, candidates]).toEqual([0, 0]);
    const body = { definition: { version: 1, root: did("Home", 0), includeAnonymous: true }, limit: 0 };
    expect(await ask("POST", "/api/audiences/preview", body)).toMatchObject({ candidates: shopCookies });
  });

  test("after them every figure is that of its people", { timeout: 300_000 }, async () => {
    await send(identities);
    await expectFigures();
  });

  test("sent once more, all of it, nothing changes", { timeout: 300_000 }, async () => {
    await send([...identities, ...events]);
    await expectFigures();
  });
});
