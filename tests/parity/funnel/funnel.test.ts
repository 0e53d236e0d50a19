import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import * as z from "zod";
import type { FunnelFigures, FunnelStepResult } from "@/core/api/funnels";
import { type AudienceDefinition, audienceDefinition } from "@/core/audience/definition";
import { evaluate } from "@/core/audience/evaluate";
import { subjectAt } from "@/core/audience/subject";
import { validateDefinition } from "@/core/audience/validate";
import { breakdownValue } from "@/core/funnel/breakdown-value";
import { countedDefinition, countsAnonymous } from "@/core/funnel/counted";
import { type FunnelDefinition, funnelDefinition } from "@/core/funnel/definition";
import { evaluateFunnel } from "@/core/funnel/evaluate";
import { type FunnelFigure, funnelFigure } from "@/core/funnel/figure";
import { figureDefinition } from "@/core/funnel/to-audience";
import { validateFunnel } from "@/core/funnel/validate";
import { validateFigure } from "@/core/funnel/validate-rules";
import { membersSubquery } from "@/server/audiences/compile/compile";
import { EventMemory, setEventMemory } from "@/server/audiences/event-lists/event-memory";
import { sql } from "@/server/event-store/sql";
import { figurePeople } from "@/server/funnels/figure-people";
import { funnelQuery } from "@/server/funnels/funnel-query";
import { funnelPeople } from "@/server/funnels/people-set";
import { funnelFigures } from "@/server/funnels/preview";
import { openTestEventStore, type TestEventStore } from "@/tests/support/event-store";
import { seed } from "@/tests/support/seed";
import { audiences, compared, figuresOf, funnels, overTime } from "./funnels";
import { type Entrant, plainFigures, plainlyIn, secondsTo, tells } from "./plain-figures";
import { now, type Person, people, storePeople } from "./world";

let eventStore: TestEventStore;
beforeAll(async () => {
  eventStore = await openTestEventStore();
});
afterAll(() => eventStore.close());

const context = { now, timeZone: "UTC", audiences };
/** A pair is one person under one funnel; a world has about thirty people. */
const pairs = Number(process.env.PARITY_PAIRS ?? 6_000);
const numRuns = Math.ceil(pairs / 2 / (30 * 6));
vi.setConfig({ testTimeout: 24 * 3_600_000 });
/** Events are read from the store, or are held in memory. */
const fewestRows = fc.constantFrom(0, Infinity);
/** Making a failure small must not take for ever. */
const limits = { interruptAfterTimeLimit: 300_000 + numRuns * 20_000, markInterruptAsFailure: true };

/** The people whom a funnel counts and who entered, each with the result that the evaluator says. */
function entrants(funnel: FunnelDefinition, people: readonly Person[]): Entrant[] {
  const counted = countedDefinition(funnel);
  return people
    .filter((person) => (counted ? evaluate(counted, person, now, context) : isCandidate(funnel, person)))
    .map((person) => {
      const result = evaluateFunnel(funnel, person.messages, context);
      const value = breakdownValue(funnel.breakdown, result, subjectAt(person, context), (audienceId) =>
        isMember(audienceId, person),
      );
      return { profile: person.profile, result, value };
    })
    .filter(({ result }) => result.depth > 0);
}

function isMember(audienceId: string, person: Person): boolean {
  const audience = audiences.get(audienceId);
  return audience !== undefined && evaluate(audience.definition, person, now, context);
}

function isCandidate(funnel: FunnelDefinition, { userId, messages }: Person): boolean {
  return messages.some(({ timestamp }) => timestamp <= now) && (userId !== null || countsAnonymous(funnel));
}

describe(`funnels of random definitions over random histories, seed ${seed}`, () => {
  test("the engine's figures are those of the evaluator", async () => {
    /** In many small parts of the people as in one. */
    const atATime = fc.constantFrom(undefined, 12, 40);
    const asked = fc.array(fc.tuple(funnels, compared, overTime, atATime), { minLength: 6, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(people, asked, fewestRows, async (people, asked, fewest) => {
        await storePeople(eventStore, people);
        await holdEvents(fewest);
        for (const [funnel, compare, unit, atATime] of asked) {
          validateFunnel(funnelDefinition.parse(funnel), context);
          const query = funnelQuery(funnel, context, compare);
          const answers = await funnelFigures(eventStore, query, { overTime: unit }, { atATime });
          const ranges = compare ? [funnel.range, compare] : [funnel.range];
          expect(answers).toHaveLength(ranges.length);
          for (const [index, range] of ranges.entries()) {
            const entered = entrants({ ...funnel, range }, people);
            const answer = answers[index];
            if (!answer) continue;
            expect(rounded(withoutHistograms(answer))).toEqual(rounded(plainFigures(funnel, entered, unit)));
            expectHistograms(answer, funnel, entered);
          }
        }
      }),
      { seed, numRuns, ...limits },
    );
  });

  test("a figure's people, page by page, and the audience made of it, are those of the evaluator", async () => {
    const asked = funnels.chain((funnel) => fc.tuple(fc.constant(funnel), figuresOf(funnel), fc.nat(30)));
    await fc.assert(
      fc.asyncProperty(
        people,
        fc.array(asked, { minLength: 6, maxLength: 6 }),
        fewestRows,
        async (people, asked, fewest) => {
          await storePeople(eventStore, people);
          await holdEvents(fewest);
          for (const [funnel, figure, after] of asked) {
            validateFigure(funnel, funnelFigure.parse(figure));
            const expected = numbersOf(figure, funnel, people);
            const query = funnelQuery(funnel, context);
            expect(await figurePeople(eventStore, query, figure, { limit: 1_000 })).toEqual(expected);
            const audience = audienceDefinition.parse(figureDefinition(funnel, figure));
            validateDefinition(audience, context);
            const inAudience = people.filter((person) => evaluate(audience, person, now, context));
            expect(inAudience.map(({ profile }) => profile)).toEqual(expected);
            expect(await members(audience)).toEqual(expected);
            const page = await figurePeople(eventStore, query, figure, { limit: 3, after });
            expect(page).toEqual(expected.filter((profile) => profile > after).slice(0, 3));
          }
        },
      ),
      { seed, numRuns, ...limits },
    );
  });
});

/** From now on events of a name are held in memory where there are so many or more. */
async function holdEvents(fewest: number): Promise<void> {
  const memory = new EventMemory(2 ** 30, fewest);
  await memory.make(
    eventStore,
    ["A", "B", "C"].map((event) => ({ event })),
  );
  setEventMemory(eventStore, memory);
}

async function members(audience: AudienceDefinition): Promise<number[]> {
  const row = z.strictObject({ people: z.array(z.int()) });
  const bitmap = membersSubquery(audience, { ...context, funnelPeople });
  const [answer] = await eventStore.query(sql`SELECT bitmapToArray(${bitmap}) AS people`, row);
  return answer?.people.sort((a, b) => a - b) ?? [];
}

function numbersOf(figure: FunnelFigure, funnel: FunnelDefinition, people: readonly Person[]): number[] {
  return entrants(funnel, people)
    .filter((entrant) => plainlyIn(figure, funnel, entrant))
    .map(({ profile }) => profile);
}

function withoutHistograms({ timeToConvert: _, steps, breakdown, ...figures }: FunnelFigures) {
  const without = (steps: readonly FunnelStepResult[]) => steps.map(({ histogram: _, ...step }) => step);
  return {
    ...figures,
    steps: without(steps),
    ...(breakdown && { breakdown: breakdown.map(({ value, steps }) => ({ value, steps: without(steps) })) }),
  };
}

function expectHistograms(answer: FunnelFigures, funnel: FunnelDefinition, entered: readonly Entrant[]): void {
  for (const [index, { histogram }] of answer.steps.entries()) {
    const seconds = entered.flatMap(({ result }) => secondsTo(result, index + 1, "previous"));
    expect(histogram === undefined ? seconds.length === 0 : tells(histogram, seconds)).toBe(true);
  }
  const last = funnel.steps.length;
  const whole = last > 1 ? entered.flatMap(({ result }) => secondsTo(result, last, "first")) : [];
  expect(answer.timeToConvert ? tells(answer.timeToConvert, whole) : whole.length === 0).toBe(true);
}

/** Times to the microsecond: a quantile may be worked out in another order. */
function rounded(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, part) =>
    typeof part === "number" ? Math.round(part * 1e6) / 1e6 : part,
  );
}
