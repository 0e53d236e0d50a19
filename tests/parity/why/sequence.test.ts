import fc from "fast-check";
import { expect, test } from "vitest";
import { sequenceHolds } from "@/core/audience/sequence";
import { subjectAt } from "@/core/audience/subject";
import { seed } from "@/tests/support/seed";
import { sequenceNode } from "../definitions";
import { samplePeople } from "../histories";
import { obviousSequenceHolds } from "./obvious-sequence";
import { moments } from "./worlds";

const people = samplePeople(100, seed);

test(`a sequence is found in one pass as it is by trying every chain (seed ${seed})`, { timeout: 120_000 }, () => {
  let found = 0;
  fc.assert(
    fc.property(sequenceNode, moments, fc.constantFrom(...people), (node, moment, person) => {
      const subject = subjectAt(person, moment);
      const holds = obviousSequenceHolds(node, subject);
      expect(sequenceHolds(node, subject)).toBe(holds);
      if (holds) found += 1;
    }),
    { seed, numRuns: 20_000 },
  );
  expect(found).toBeGreaterThan(50);
});
