import { expect, test } from "vitest";
import { RateLimit } from "./rate-limit";

test("a burst comes in at once, then as many as the rate gives", () => {
  const limit = new RateLimit(10, 100, 0);
  expect(limit.waitSeconds(0)).toBe(0);
  limit.take(100);
  expect(limit.waitSeconds(0)).toBe(1);
  expect(limit.waitSeconds(1_000)).toBe(0);
});

test("who waits as long as told comes in, also after a batch that was larger than the burst", () => {
  for (const batch of [1, 50, 2_500]) {
    const limit = new RateLimit(7, 50, 0);
    limit.take(batch + 49);
    const wait = limit.waitSeconds(0);
    expect(limit.waitSeconds(wait * 1_000), `${batch}`).toBe(0);
  }
});

test("in the long run no more comes in than the rate and one burst", () => {
  const limit = new RateLimit(20, 40, 0);
  let taken = 0;
  for (let now = 0; now < 60_000; now += 10) {
    if (limit.waitSeconds(now) > 0) continue;
    limit.take(5);
    taken += 5;
  }
  expect(taken).toBeGreaterThan(60 * 20);
  expect(taken).toBeLessThanOrEqual(60 * 20 + 40 + 5);
});
