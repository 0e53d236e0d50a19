import fc from "fast-check";
import { expect, test } from "vitest";
import { evaluate } from "@/core/audience/evaluate";
import { HistoryIndex, partsOf } from "@/core/audience/history-index";
import { neededHistory } from "@/core/audience/needed-history";
import { seed } from "@/tests/support/seed";
import { definition } from "../definitions";
import { samplePeople } from "../histories";
import { moments, savedAudiences } from "./worlds";

const people = samplePeople(100, seed);

test(`a person has the same answer by the parts of their history that a definition looks at (seed ${seed})`, {
  timeout: 300_000,
}, () => {
  let smaller = 0;
  fc.assert(
    fc.property(
      definition,
      fc.option(definition),
      savedAudiences,
      moments,
      fc.constantFrom(...people),
      (sought, before, audiences, { now, timeZone }, person) => {
        const context = { timeZone, audiences };
        const index = new HistoryIndex(person);
        // The first definition is answered in another way than those after it.
        if (before !== null) index.with(partsOf(neededHistory(before, audiences)));
        const part = index.with(partsOf(neededHistory(sought, audiences)));
        if (part.messages.length < person.messages.length) smaller += 1;
        expect(evaluate(sought, part, now, context)).toBe(evaluate(sought, person, now, context));
      },
    ),
    { seed, numRuns: Number(process.env.WHY_PAIRS ?? 2_000) },
  );
  expect(smaller).toBeGreaterThan(0);
});
