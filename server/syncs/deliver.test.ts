import { expect, test, vi } from "vitest";
import { DeliveryError } from "../destinations/delivery-error";
import type { Outcome } from "../destinations/destination";
import { Pacer } from "../destinations/pacer";
import { destinationOf } from "../destinations/registry";
import { type DeliveryWay, deliverAll } from "./deliver";
import type { LoggedItem, Settled } from "./delivery-log";
import { pauseBefore } from "./pauses";

const item = (name: string) => ({
  profile: name.charCodeAt(0),
  item: {
    key: name,
    change: "entered" as const,
    at: "2026-01-01T00:00:00.000Z",
    identifier: { kind: "userId" as const, value: name },
    fields: {},
  },
});
const later: Outcome = { result: "retry", reason: "not now" };
const done: Outcome = { result: "delivered" };

/** A tool that answers what it is told to, with a clock that pauses move. */
function rig(answer: (keys: readonly string[], call: number) => Outcome[], putsOff: boolean) {
  let clock = 0;
  const calls: string[][] = [];
  const settled: Settled[] = [];
  const pauses: number[] = [];
  const way: DeliveryWay<LoggedItem> = {
    connection: {
      id: "d",
      destination: destinationOf("webhook"),
      settings: {},
      secrets: ["whispered"],
      identifier: "userId",
      mapping: [],
      pacer: new Pacer(Number.POSITIVE_INFINITY),
    },
    fetch: () => Promise.reject(new Error("Nothing is fetched")),
    connect: () => Promise.reject(new Error("Nothing is connected to")),
    filesDir: "/nowhere",
    signal: new AbortController().signal,
    putsOff,
    now: () => new Date(clock),
    async send(items) {
      calls.push(items.map(({ key }) => key));
      return answer(calls.at(-1) ?? [], calls.length);
    },
    async pause(milliseconds) {
      pauses.push(milliseconds);
      clock += milliseconds;
    },
    onTrouble: vi.fn(async () => undefined),
    async onAttempt(some) {
      settled.push(...some);
    },
  };
  return { way, calls, settled, pauses };
}

test("one person who is put off is left for later, and the others wait for nobody", async () => {
  const { way, calls, settled, pauses } = rig((keys) => keys.map((key) => (key === "b" ? later : done)), true);
  await deliverAll(["a", "b", "c"].map(item), way);
  expect(calls).toEqual([["a", "b", "c"]]);
  expect(pauses).toEqual([]);
  expect(settled.map(({ item: { key }, result, isPutOff }) => [key, result, isPutOff])).toEqual([
    ["a", "delivered", false],
    ["b", "retry", true],
    ["c", "delivered", false],
  ]);
  expect(settled[1]?.retryAt).toBeGreaterThan(0);
});

test("who is put off for the eighth time is given up", async () => {
  const { way, settled } = rig(() => [later], true);
  await deliverAll([item("b")], way, 8);
  expect(settled).toMatchObject([{ result: "gave_up", reason: "Tried 8 times. not now" }]);
});

test("a tool that is out of order is tried again with growing pauses, and its Retry-After is kept to", async () => {
  const { way, calls, pauses, settled } = rig((keys, call) => {
    if (call < 3) throw new DeliveryError("unavailable", "down with whispered");
    if (call === 3) throw new DeliveryError("rate_limited", "slow down", { retryAfterMs: 90_000 });
    return keys.map(() => done);
  }, true);
  await deliverAll(["a", "b"].map(item), way);
  expect(calls).toEqual(Array.from({ length: 4 }, () => ["a", "b"]));
  expect(pauses).toHaveLength(3);
  expect(pauses[0]).toBeGreaterThanOrEqual(500);
  expect(pauses[1]).toBeGreaterThanOrEqual(1_000);
  expect(pauses[2]).toBeGreaterThanOrEqual(90_000);
  expect(settled[0]?.reason).toBe("down with •••");
});

test("a request that is refused for its content is halved until the one at fault is alone", async () => {
  const { way, settled } = rig((keys) => {
    if (keys.includes("c")) throw new DeliveryError("invalid", "c is not wanted");
    return keys.map(() => done);
  }, true);
  await deliverAll(["a", "b", "c", "d"].map(item), way);
  const results = settled.filter(({ result }) => result !== "retry").map(({ item: { key }, result }) => [key, result]);
  expect(results).toEqual([
    ["a", "delivered"],
    ["b", "delivered"],
    ["c", "gave_up"],
    ["d", "delivered"],
  ]);
});

test("pauses double up to a limit, with chance in half of each", () => {
  const ends = [0, 1].map((chance) =>
    [1, 2, 3, 30].map((attempt) => pauseBefore(attempt, "unavailable", 0, () => chance)),
  );
  expect(ends).toEqual([
    [500, 1_000, 2_000, 150_000],
    [1_000, 2_000, 4_000, 300_000],
  ]);
  expect(pauseBefore(1, "rate_limited", 60_000, () => 0)).toBe(60_000);
});
