import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import * as z from "zod";
import { evaluate } from "@/core/audience/evaluate";
import { countedDefinition, countsAnonymous } from "@/core/funnel/counted";
import type { FunnelDefinition } from "@/core/funnel/definition";
import { evaluateFunnel } from "@/core/funnel/evaluate";
import type { FunnelFigure } from "@/core/funnel/figure";
import { stepLabel } from "@/core/funnel/label";
import { summarizeFunnel } from "@/core/funnel/summarize";
import { figureDefinition } from "@/core/funnel/to-audience";
import { membersSubquery } from "@/server/audiences/compile/compile";
import type { EventStore } from "@/server/event-store/event-store";
import { sql } from "@/server/event-store/sql";
import { compileFunnel } from "@/server/funnels/compile";
import { funnelFigures } from "@/server/funnels/figures";
import { figureNumbers } from "@/server/funnels/numbers";
import { openTestEventStore } from "@/tests/support/event-store";
import { audiences, funnels } from "./funnels";
import { now, type Person, people, storePeople } from "./world";

let eventStore: EventStore;
beforeAll(async () => {
  eventStore = await openTestEventStore();
});
afterAll(() => eventStore.close());

const context = { now, timeZone: "UTC", audiences };
const page = { after: null, limit: 1_000 };
const seed = Number(process.env.SEED ?? Date.now());
/** How many times as long to search as in every run of the tests. */
const thoroughness = Number(process.env.THOROUGHNESS ?? 1);
/** Ends the shrinking of a counterexample, in milliseconds. */
const interruptAfterTimeLimit = 40_000 * thoroughness;
vi.setConfig({ testTimeout: 2 * interruptAfterTimeLimit });

/** The people whom a funnel counts, each with the result that the evaluator says. */
function evaluated(funnel: FunnelDefinition, people: readonly Person[]) {
  const counted = countedDefinition(funnel);
  return people
    .filter((person) => (counted ? evaluate(counted, person, now, context) : isCandidate(funnel, person)))
    .map((person) => ({ person, result: evaluateFunnel(funnel, person.messages, context) }));
}

function isCandidate(funnel: FunnelDefinition, { userId, messages }: Person): boolean {
  return messages.some(({ timestamp }) => timestamp <= now) && (userId !== null || countsAnonymous(funnel));
}

function figuresOf(funnel: FunnelDefinition): FunnelFigure[] {
  return funnel.steps.flatMap((_, index) => [
    { step: index + 1, outcome: "reached" as const },
    { step: index + 1, outcome: "dropped" as const },
  ]);
}

function holds({ step, outcome }: FunnelFigure, depth: number, steps: number): boolean {
  return outcome === "reached" ? depth >= step : depth === step && step < steps;
}

describe(`funnels of random definitions over random histories, seed ${seed}`, () => {
  test("the engine's figures are those of the evaluator", async () => {
    await fc.assert(
      fc.asyncProperty(people, fc.array(funnels, { minLength: 3, maxLength: 6 }), async (people, funnels) => {
        await storePeople(eventStore, people);
        for (const funnel of funnels) {
          const labels = funnel.steps.map(stepLabel);
          const outcomes = evaluated(funnel, people)
            .filter(({ result }) => result.chain.length > 0)
            .map(({ result: { chain, open } }) => ({ timestamps: chain.map(({ timestamp }) => timestamp), open }));
          const figures = await funnelFigures(eventStore, compileFunnel(funnel, context), labels);
          expect(rounded(figures)).toEqual(rounded(summarizeFunnel(labels, outcomes)));
        }
      }),
      { seed, numRuns: 16 * thoroughness, interruptAfterTimeLimit },
    );
  });

  test("a figure's people, and the audience made of it, are those of the evaluator", async () => {
    await fc.assert(
      fc.asyncProperty(
        people,
        fc.array(funnels, { minLength: 1, maxLength: 3 }),
        fc.nat(),
        async (people, funnels, pick) => {
          await storePeople(eventStore, people);
          for (const funnel of funnels) {
            const results = evaluated(funnel, people);
            for (const figure of figuresOf(funnel)) {
              const expected = results
                .filter(({ result }) => holds(figure, result.chain.length, funnel.steps.length))
                .map(({ person }) => person.profile);
              const definition = figureDefinition(funnel, figure);
              const inAudience = people.filter((person) => evaluate(definition, person, now, context));
              expect(inAudience.map(({ profile }) => profile)).toEqual(expected);
            }
            const figures = figuresOf(funnel);
            const figure = figures[pick % figures.length];
            if (!figure) continue;
            const expected = results
              .filter(({ result }) => holds(figure, result.chain.length, funnel.steps.length))
              .map(({ person }) => person.profile);
            expect(await figureNumbers(eventStore, compileFunnel(funnel, context), figure, page)).toEqual(expected);
            expect(await members(figureDefinition(funnel, figure))).toEqual(expected);
          }
        },
      ),
      { seed, numRuns: 12 * thoroughness, interruptAfterTimeLimit },
    );
  });
});

async function members(definition: Parameters<typeof membersSubquery>[0]): Promise<number[]> {
  const row = z.strictObject({ people: z.array(z.int()) });
  const [answer] = await eventStore.query(
    sql`SELECT bitmapToArray(${membersSubquery(definition, context)}) AS people`,
    row,
  );
  return answer?.people.sort((a, b) => a - b) ?? [];
}

/** Times to the microsecond: a mean is summed up in another order. */
function rounded(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, part) =>
    typeof part === "number" ? Math.round(part * 1e6) / 1e6 : part,
  );
}
