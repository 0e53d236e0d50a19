import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { audienceDefinition } from "@/core/audience/definition";
import { evaluate } from "@/core/audience/evaluate";
import { validateDefinition } from "@/core/audience/validate";
import { compileAudience } from "@/server/audiences/compile/compile";
import { readSets } from "@/server/audiences/compile/set-reader";
import { openTestEventStore, type TestEventStore } from "@/tests/support/event-store";
import { loadPeople } from "../load";
import { accounts } from "./accounts";
import { aggregates } from "./aggregates";
import { anchoredWindows } from "./anchored-windows";
import { calendarWindows } from "./calendar-windows";
import { candidatesAndGroups } from "./candidates-and-groups";
import { now as defaultNow, numberedPeople, type SemanticCase } from "./case";
import { datesAndTraits } from "./dates-and-traits";
import { events } from "./events";
import { filters } from "./filters";
import { heldTraits } from "./held-traits";
import { occurrences } from "./occurrences";
import { reservedTraits } from "./reserved-traits";
import { sequences } from "./sequences";

const cases: readonly SemanticCase[] = [
  ...candidatesAndGroups,
  ...events,
  ...occurrences,
  ...aggregates,
  ...calendarWindows,
  ...anchoredWindows,
  ...filters,
  ...datesAndTraits,
  ...heldTraits,
  ...reservedTraits,
  ...sequences,
  ...accounts,
];
const people = numberedPeople(cases);

let eventStore: TestEventStore;
beforeAll(async () => {
  eventStore = await openTestEventStore();
  await loadPeople(eventStore, people.flat());
});
afterAll(() => eventStore.close());

describe("docs/semantics.md, sentence by sentence", () => {
  test.each(cases.map((one, index) => ({ ...one, index })))("$says", async ({ index, ...one }) => {
    const { now = defaultNow, timeZone = "UTC" } = one;
    const audiences = new Map(
      Object.entries(one.audiences ?? {}).map(([id, definition]) => [id, { name: id, definition }] as const),
    );
    const definition = audienceDefinition.parse(one.definition);
    validateDefinition(definition, { timeZone, audiences });
    const asked = people[index] ?? [];

    const evaluated = asked.filter((person) => evaluate(definition, person, now, { timeZone, audiences }));
    expect(evaluated.map(({ name }) => name)).toEqual([...one.in]);

    const compiled = compileAudience(definition, { now, timeZone, audiences });
    const [found] = await readSets(eventStore, [compiled.members]);
    expect(asked.filter(({ profile }) => found?.has(profile)).map(({ name }) => name)).toEqual([...one.in]);
  });
});
