import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AudienceDefinition, AudienceTree } from "@/core/audience/definition";
import { type CompileContext, compileAudience } from "@/server/audiences/compile/compile";
import { readSets } from "@/server/audiences/compile/set-reader";
import { openTestEventStore, type TestEventStore } from "@/tests/support/event-store";
import { seed } from "@/tests/support/seed";
import { condition, eventMatch } from "./definitions";
import { type NumberedPerson, samplePeople } from "./histories";
import { loadPeople } from "./load";
import { base } from "./values";

const pairs = Number(process.env.PARITY_PAIRS ?? 20_000);
/** How many definitions each law is held against. */
const runs = Math.max(12, Math.ceil(pairs / 2_000));
const people = samplePeople(200, seed);
const context: CompileContext = { now: base, timeZone: "Europe/Berlin", audiences: new Map() };
const half = people.flatMap(({ messages }) => messages).length / 2;

/** Of each person the messages of one of three deliveries: half of what is there by now, the rest of it, and what comes later. */
function delivery(which: "first" | "rest" | "later"): NumberedPerson[] {
  return people.map((person) => ({
    ...person,
    messages: person.messages.filter(({ arrival, timestamp }) => {
      if (timestamp > base) return which === "later";
      return which === (arrival < half ? "first" : "rest");
    }),
  }));
}

let eventStore: TestEventStore;
beforeAll(async () => {
  eventStore = await openTestEventStore();
});
afterAll(() => eventStore.close());

function define(root: AudienceTree): AudienceDefinition {
  return { version: 1, root, includeAnonymous: true };
}

async function membersOf(roots: readonly AudienceTree[]): Promise<number[][]> {
  const answers: number[][] = [];
  for (const root of roots) {
    const [members] = await readSets(eventStore, [compileAudience(define(root), context).members]);
    answers.push([...(members?.numbers() ?? [])]);
  }
  return answers;
}

test(`what arrives adds to those who did something, and what happens later changes no earlier answer (seed ${seed})`, {
  timeout: 3_600_000,
}, async () => {
  const did = fc
    .sample(fc.tuple(eventMatch, fc.integer({ min: 1, max: 3 })), { numRuns: runs, seed })
    .map(([match, value]): AudienceTree => ({ kind: "event", ...match, count: { op: "at_least", value } }));
  const conditions = fc.sample(condition, { numRuns: 2 * runs, seed });

  await loadPeople(eventStore, delivery("first"));
  const before = await membersOf(did);
  await loadPeople(eventStore, delivery("rest"));
  const after = await membersOf(did);
  before.forEach((members, index) => {
    expect(after[index], JSON.stringify(did[index])).toEqual(expect.arrayContaining(members));
  });

  const earlier = await membersOf(conditions);
  await loadPeople(eventStore, delivery("later"));
  const asOf = await membersOf(conditions);
  earlier.forEach((members, index) => {
    expect(asOf[index], JSON.stringify(conditions[index])).toEqual(members);
  });
  expect(earlier.some((members) => members.length > 0)).toBe(true);
});

const all = (...conditions: AudienceTree[]): AudienceTree => ({ kind: "all", conditions });
const any = (...conditions: AudienceTree[]): AudienceTree => ({ kind: "any", conditions });
const not = (inner: AudienceTree): AudienceTree => ({ kind: "not", condition: inner });
const nobody: AudienceTree = {
  kind: "event",
  count: { op: "at_most", value: 0 },
  window: { kind: "before", at: "1970-01-01" },
};
const everyone: AudienceTree = { kind: "event", count: { op: "at_least", value: 0 } };

/** Two ways to say the same of any conditions. */
function laws(a: AudienceTree, b: AudienceTree, c: AudienceTree): [string, AudienceTree, AudienceTree][] {
  return [
    ["not any is none of them", not(any(a, b)), all(not(a), not(b))],
    ["not all is some not", not(all(a, b)), any(not(a), not(b))],
    ["twice not is as it was", not(not(a)), a],
    ["order says nothing", all(a, b, c), all(c, a, b)],
    ["nor do groups of one kind", any(any(a, b), c), any(a, any(b, c))],
    ["all over any", all(a, any(b, c)), any(all(a, b), all(a, c))],
    ["any over all", any(a, all(b, c)), all(any(a, b), any(a, c))],
    ["what is in either is in the larger", all(a, any(a, b)), a],
    ["in or out is everyone", any(a, not(a)), everyone],
    ["in and out is nobody", all(a, not(a)), not(everyone)],
    ["nobody has an event before there were any", nobody, everyone],
  ];
}

test(`sets of people follow the laws of sets (seed ${seed})`, { timeout: 3_600_000 }, async () => {
  await loadPeople(eventStore, delivery("rest"));
  await fc.assert(
    fc.asyncProperty(condition, condition, condition, async (a, b, c) => {
      const { node, candidates } = compileAudience(define(everyone), context);
      const held = laws(a, b, c);
      const sides = await readSets(
        eventStore,
        held.flatMap(([, left, right]) => [node(left), node(right)]),
      );
      const numbers = sides.map((side) => side.numbers());
      const broken = held.filter((_, index) => String(numbers[2 * index]) !== String(numbers[2 * index + 1]));
      expect(broken.map(([law]) => law)).toEqual([]);
      const sized = [a, b, all(a, b), any(a, b), not(a)].map(node);
      const [inA = 0, inB = 0, both, either, out, could] = (await readSets(eventStore, [...sized, candidates])).map(
        ({ count }) => count,
      );
      expect(inA + inB).toBe((both ?? 0) + (either ?? 0));
      expect(inA + (out ?? 0)).toBe(could);
    }),
    { seed, numRuns: runs },
  );
});
