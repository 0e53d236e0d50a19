import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { openTestApp, type TestApp } from "./support/app";
import { testMessages } from "./support/messages";
import { faultsOf } from "./support/torn-state";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const counted = z.object({ count: z.int() });
async function count(root: object, includeAnonymous = false): Promise<number> {
  const definition = { version: 1, root, includeAnonymous };
  return counted.parse((await app.call("POST", "/api/audiences/preview", { definition })).body).count;
}
async function write(raw: readonly object[]): Promise<void> {
  for (let start = 0; start < raw.length; start += 5_000) {
    const messages = testMessages(...raw.slice(start, start + 5_000));
    await app.services.ingest.write({ source: "s", messages, rejections: [] });
  }
}

test("the visits of 1,782 cookies are those of 500 people once the identities have come, in any order", {
  timeout: 120_000,
}, async () => {
  const cookies = Array.from({ length: 1_782 }, (_, cookie) => ({
    cookie: `c${cookie}`,
    user: `shopper${cookie % 500}`,
  }));
  const visits = cookies.flatMap(({ cookie }, index) =>
    [0, 1, 2].map((visit) => ({
      type: "track",
      event: visit === 0 ? "Visited" : "Viewed Product",
      anonymousId: cookie,
      messageId: `${cookie}-${visit}`,
      timestamp: new Date(Date.UTC(2026, 0, 1 + (index % 90), visit)).toISOString(),
    })),
  );
  await write(visits);
  expect(await count({ kind: "event", event: "Visited" }, true)).toBe(1_782);
  expect(await count({ kind: "event", event: "Visited" })).toBe(0);

  const [identities] = fc.sample(
    fc.shuffledSubarray(
      cookies.map(({ cookie, user }) => ({
        type: "identify",
        anonymousId: cookie,
        userId: user,
        messageId: `${cookie}-i`,
      })),
      { minLength: cookies.length },
    ),
    { numRuns: 1, seed: 7 },
  );
  await write(identities ?? []);
  for (const anonymous of [true, false]) {
    expect(await count({ kind: "event", event: "Visited" }, anonymous)).toBe(500);
    expect(await count({ kind: "event", event: "Visited", count: { op: "at_least", value: 4 } }, anonymous)).toBe(282);
    expect(await count({ kind: "event", event: "Viewed Product", count: { op: "exactly", value: 6 } }, anonymous)).toBe(
      218,
    );
  }
  const funnel = { steps: [{ event: "Visited" }, { event: "Viewed Product" }], window: null };
  const steps = z.object({ steps: z.array(z.object({ people: z.int() })) });
  const { body } = await app.call("POST", "/api/funnels/preview", { funnel });
  expect(steps.parse(body).steps.map(({ people }) => people)).toEqual([500, 500]);
  expect(await app.services.ingest.changePeople(({ eventStore }) => faultsOf(eventStore))).toEqual([]);
});
