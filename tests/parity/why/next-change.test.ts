import fc from "fast-check";
import { expect, test } from "vitest";
import type { AudienceDefinition } from "@/core/audience/definition";
import { evaluate } from "@/core/audience/evaluate";
import { nextChangeAt } from "@/core/audience/next-change";
import { leafEdges } from "@/core/audience/next-change/leaf-edges";
import { leavesOf } from "@/core/audience/next-change/leaves";
import { seed } from "@/tests/support/seed";
import { definition } from "../definitions";
import { samplePeople } from "../histories";
import { moments, savedAudiences } from "./worlds";

const people = samplePeople(100, seed);
const day = 86_400_000;

test(`nothing changes before the next change, and there it has changed (seed ${seed})`, { timeout: 300_000 }, () => {
  fc.assert(
    fc.property(
      definition,
      savedAudiences,
      moments,
      fc.constantFrom(...people),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 20, maxLength: 20 }),
      (sought: AudienceDefinition, audiences, { now, timeZone }, person, shares) => {
        const context = { timeZone, audiences };
        const before = evaluate(sought, person, now, context);
        const next = nextChangeAt(sought, person, now, context);
        expect(next).not.toBeUndefined();
        const end = typeof next === "number" ? next : now + 400 * day;
        if (typeof next === "number") {
          expect(next).toBeGreaterThan(now);
          expect(evaluate(sought, person, next, context)).toBe(!before);
        }
        // A search that ends earlier finds the same, or nothing.
        for (const share of shares.slice(0, 5)) {
          const until = Math.floor(now + 2 * share * (end - now));
          const found = typeof next === "number" && next <= until ? next : null;
          expect(nextChangeAt(sought, person, now, context, until)).toBe(found);
        }
        // Random moments, those next to every message and edge, and the last millisecond.
        const edges = leavesOf(sought, audiences).flatMap((leaf) =>
          leafEdges(leaf, { messages: person.messages, now, timeZone }),
        );
        const probes = [
          ...shares.map((share) => now + share * (end - now)),
          ...shares.map((share) => now + share ** 8 * (end - now)),
          ...person.messages.flatMap(({ timestamp }) => [timestamp, timestamp + day, timestamp + 7 * day]),
          ...edges.slice(0, 60),
          end - 1,
        ].flatMap((probe) => [Math.floor(probe) - 1, Math.floor(probe), Math.floor(probe) + 1]);
        for (const probe of probes) {
          if (probe <= now || probe >= end) continue;
          expect({ probe, member: evaluate(sought, person, probe, context) }).toEqual({ probe, member: before });
        }
      },
    ),
    { seed, numRuns: Number(process.env.WHY_PAIRS ?? 2_000) },
  );
});
