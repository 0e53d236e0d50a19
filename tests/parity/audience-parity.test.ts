import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AudienceDefinition, type AudienceTree, audienceDefinition } from "@/core/audience/definition";
import { evaluate, nodeHolds } from "@/core/audience/evaluate";
import type { Moment } from "@/core/audience/operators";
import type { SavedAudience } from "@/core/audience/references";
import { compileAudience } from "@/server/audiences/compile/compile";
import { figuresSets, nodeFigures, readFigures } from "@/server/audiences/compile/figures";
import { readSets } from "@/server/audiences/compile/set-reader";
import { EventMemory, setEventMemory } from "@/server/audiences/event-lists/event-memory";
import { openTestEventStore, type TestEventStore } from "@/tests/support/event-store";
import { seed } from "@/tests/support/seed";
import { definition, plainDefinition, savedDefinitions } from "./definitions";
import { eventNames, type NumberedPerson, samplePeople } from "./histories";
import { loadPeople } from "./load";
import { base, hour } from "./values";

/** A pair is one person under one definition at one `now`. */
const pairs = Number(process.env.PARITY_PAIRS ?? 20_000);
const peopleCount = 200;
const people = samplePeople(peopleCount, seed);

const nows = [
  base,
  base + 1,
  base + 6 * hour,
  base - 24 * hour,
  base + 24 * 20 * hour,
  Date.UTC(1999, 0, 1),
  Date.UTC(2262, 5, 1),
];
const zones = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  // Clocks that go forward and back at midnight.
  "Asia/Beirut",
  "America/Havana",
];

/** Past this a counterexample is told as small as it has become: large ones would shrink for hours. */
const shrinkingMs = 90_000;
let failedAt: number | undefined;
const told = { definitions: 0, pairs: 0, members: 0 };

/** Events are read from the store, or from what is held of them in memory. */
const held = new EventMemory(2 ** 30, 0);
const memory = fc.constantFrom(held, new EventMemory(2 ** 30, Infinity));

let eventStore: TestEventStore;
beforeAll(async () => {
  eventStore = await openTestEventStore();
  await loadPeople(eventStore, people);
  const all = eventNames.map((event) => ({ event }));
  await held.make(eventStore, all);
  expect(await held.lists(eventStore, all, {})).toHaveLength(all.length);
});
afterAll(() => eventStore.close());

const sought = fc.oneof({ arbitrary: definition, weight: 5 }, { arbitrary: plainDefinition, weight: 1 });
const moment = fc.record({ now: fc.constantFrom(...nows), timeZone: fc.constantFrom(...zones) });
const saved = fc
  .record(Object.fromEntries(savedDefinitions.map(({ id, definition: one }) => [id, one])))
  .map(
    (byId) =>
      new Map(Object.entries(byId).map(([id, one]): [string, SavedAudience] => [id, { name: id, definition: one }])),
  );

test(`compiler and evaluator agree on random definitions and histories (seed ${seed})`, {
  timeout: 24 * 3_600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(sought, saved, moment, memory, async (sought, audiences, at, memory) => {
      fc.pre(failedAt === undefined || Date.now() - failedAt < shrinkingMs);
      audienceDefinition.parse(sought);
      setEventMemory(eventStore, memory);
      try {
        const members = await agree(sought, audiences, at);
        told.definitions += 1;
        told.pairs += peopleCount;
        told.members += members;
      } catch (error) {
        failedAt ??= Date.now();
        throw error;
      }
    }),
    { seed, numRuns: Math.ceil(pairs / peopleCount), endOnFailure: false },
  );
  console.log(
    `Audiences: evaluator and compiler agree on ${told.pairs} pairs of person and definition, ${told.definitions} definitions, ${told.members} times in (seed ${seed})`,
  );
});

/** Members, those out, candidates and the figures of each node are the same by both ways. Answers how many members there are. */
async function agree(
  sought: AudienceDefinition,
  audiences: ReadonlyMap<string, SavedAudience>,
  { now, timeZone }: Moment,
): Promise<number> {
  const compiled = compileAudience(sought, { now, timeZone, audiences });
  const figures = nodeFigures(sought.root, compiled);
  const others = compiled.node({ kind: "not", condition: sought.root });
  const asked = [compiled.members, others, compiled.candidates, ...figuresSets(figures)];
  const [membersFound, othersFound, candidatesFound, ...figuresFound] = await readSets(eventStore, asked);
  const [found, out, could] = [membersFound, othersFound, candidatesFound].map((some) => [...(some?.numbers() ?? [])]);
  const context = { timeZone, audiences };
  const members = numbers(people.filter((person) => evaluate(sought, person, now, context)));
  const everyone: AudienceDefinition = { ...sought, root: { kind: "event", count: { op: "at_least", value: 0 } } };
  const candidates = people.filter((person) => evaluate(everyone, person, now, context));
  const wrong = difference(found ?? [], members);
  expect(
    wrong.map((profile) => ({
      evaluator: members.includes(profile),
      person: people.find((person) => person.profile === profile),
    })),
  ).toEqual([]);
  expect(difference(could ?? [], numbers(candidates))).toEqual([]);
  // Whoever could be in is either in or not.
  expect(difference([...(found ?? []), ...(out ?? [])], numbers(candidates))).toEqual([]);
  expect((found ?? []).length + (out ?? []).length).toBe(candidates.length);
  const holds = (node: AudienceTree, person: NumberedPerson) => nodeHolds(node, person, now, context);
  const { expected, accounts } = expectedFigures(sought.root, candidates, holds);
  // What conditions within one on accounts do is told by tests/account-figures.test.ts.
  const isWithin = (path: string) => accounts.some((account) => path.startsWith(`${account}.`));
  expect(readFigures(figures, figuresFound).filter(({ path }) => !isWithin(path))).toEqual(expected);
  return members.length;
}

function numbers(some: readonly NumberedPerson[]): number[] {
  return some.map((person) => person.profile);
}

function difference(some: readonly number[], others: readonly number[]): number[] {
  return [...some.filter((one) => !others.includes(one)), ...others.filter((one) => !some.includes(one))];
}

/** What each node does, person by person; and where the conditions on accounts stand. */
function expectedFigures(
  root: AudienceTree,
  candidates: readonly NumberedPerson[],
  holds: (node: AudienceTree, person: NumberedPerson) => boolean,
) {
  const expected: { path: string; count: number; left?: number; adds?: number }[] = [];
  const accounts: string[] = [];
  visit(root, "root", candidates, {});
  return { expected, accounts };

  function visit(
    node: AudienceTree,
    path: string,
    arriving: readonly NumberedPerson[],
    effect: { left?: number; adds?: number },
  ): void {
    expected.push({ path, count: candidates.filter((person) => holds(node, person)).length, ...effect });
    if (node.kind === "account") accounts.push(path);
    if (node.kind === "not") visit(node.condition, `${path}.condition`, arriving, {});
    if (node.kind === "all") {
      let left = arriving;
      node.conditions.forEach((child, index) => {
        const after = left.filter((person) => holds(child, person));
        visit(child, `${path}.conditions[${index}]`, left, { left: after.length });
        left = after;
      });
    }
    if (node.kind === "any") {
      let out = arriving;
      node.conditions.forEach((child, index) => {
        const adds = out.filter((person) => holds(child, person)).length;
        visit(child, `${path}.conditions[${index}]`, arriving, { adds });
        out = out.filter((person) => !holds(child, person));
      });
    }
  }
}
