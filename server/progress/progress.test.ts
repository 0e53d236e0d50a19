import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { getProgress, progressHeader } from "@/core/api/progress";
import type { FunnelDefinition } from "@/core/funnel/definition";
import { audienceContext } from "@/server/audiences/context";
import { funnelQuery } from "@/server/funnels/funnel-query";
import { walkFunnel } from "@/server/funnels/walk";
import { openTestApp, type TestApp } from "@/tests/support/app";
import { testToken } from "@/tests/support/services";
import { storeIdentities, storeMessages } from "@/tests/support/stored-people";
import { followedBy, shareOf } from "./progress";

const now = Date.UTC(2026, 10, 23);
const asOf = new Date(now).toISOString();
const people = Array.from({ length: 40 }, (_, index) => index);
const funnel: FunnelDefinition = { steps: [{ event: "Signed Up" }, { event: "Activated" }], window: null };
const preview = { definition: { version: 1, root: { kind: "event", event: "Activated" } }, asOf };

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
  await storeIdentities(app.services.eventStore, people);
  await storeMessages(
    app.services.eventStore,
    people.flatMap((profile) => [
      { profile, timestamp: now - 5_000, event: "Signed Up" },
      ...(profile % 2 === 0 ? [{ profile, timestamp: now - 1_000, event: "Activated" }] : []),
    ]),
  );
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => app.close());

/** From now on events that are read for long stop before they are handed over, until they are let go. */
function holdEvents() {
  const { eventStore } = app.services;
  const { blocks } = eventStore;
  let letGo: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let held = 0;
  vi.spyOn(eventStore, "blocks").mockImplementation(async (statement, options) => {
    const found = await blocks(statement, options);
    if (!options?.heavy) return found;
    held += 1;
    await gate;
    return found;
  });
  return { letGo, held: () => held };
}

async function askFunnel(name: string, signal?: AbortSignal): Promise<unknown> {
  const answer = await app.fetch("/api/funnels/preview", {
    method: "POST",
    headers: { authorization: `Bearer ${testToken}`, [progressHeader]: name },
    body: JSON.stringify({ funnel, asOf }),
    signal,
  });
  return answer.json();
}

async function shareAnswered(name: string): Promise<number | null> {
  const { status, body } = await app.call("GET", `/api/progress/${name}`);
  expect(status).toBe(200);
  return getProgress.answer.parse(body).share;
}

test("a walk tells the share of the people whom it has gone through, person by person further", async () => {
  const { services } = app;
  const query = funnelQuery(funnel, await audienceContext(services, now));
  const shares: number[] = [];
  const visit = () => shares.push(shareOf(services, "walk-1234") ?? -1) > 0;
  await followedBy(services, "walk-1234", () => walkFunnel(services.eventStore, query, visit, { atATime: 6 }));
  expect(shares).toHaveLength(people.length);
  expect(shares.toSorted((one, other) => one - other)).toEqual(shares);
  expect(new Set(shares).size).toBeGreaterThan(5);
  expect(shares[0]).toBeLessThan(0.2);
  expect(shares.at(-1)).toBeGreaterThan(0.8);
  expect(shares.at(-1)).toBeLessThan(1);
  expect(shareOf(services, "walk-1234")).toBeNull();
});

test("previews are answered while funnels are under way, and say how far they are; a cancelled one makes room", async () => {
  const { letGo, held } = holdEvents();
  const leaving = new AbortController();
  const funnels = [askFunnel("funnel-1", leaving.signal), askFunnel("funnel-2"), askFunnel("funnel-3")];
  const left = funnels[0]?.catch(() => undefined);
  await expect.poll(held).toBe(2);
  const previews = await Promise.all(
    Array.from({ length: 12 }, () => app.call("POST", "/api/audiences/preview", preview)),
  );
  for (const { status, body } of previews) expect({ status, body }).toMatchObject({ status: 200, body: { count: 20 } });
  expect(await shareAnswered("funnel-2")).toSatisfy((share: number) => share >= 0 && share < 1);
  expect(await shareAnswered("nobody-s")).toBeNull();

  leaving.abort();
  // The third, which waited for its turn, begins in the place of the one that was cancelled.
  letGo();
  const answers = await Promise.all(funnels.slice(1));
  for (const answer of answers) expect(answer).toMatchObject({ steps: [{ people: 40 }, { people: 20 }] });
  expect(await left).not.toMatchObject({ steps: expect.anything() });
  expect(await shareAnswered("funnel-2")).toBeNull();
});

test("a name that cannot be one is refused", async () => {
  expect(await askFunnel("no such")).toMatchObject({ error: { code: "invalid" } });
  expect(await app.call("GET", "/api/progress/short")).toMatchObject({ status: 400 });
});
