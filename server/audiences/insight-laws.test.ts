import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as insight from "@/core/api/audience-insight";
import { createAudience, previewAudience } from "@/core/api/audiences";
import type { AudienceDefinition } from "@/core/audience/definition";
import { validateDefinition } from "@/core/audience/validate";
import { definition } from "@/tests/parity/definitions";
import { samplePeople } from "@/tests/parity/histories";
import { loadPeople } from "@/tests/parity/load";
import { base } from "@/tests/parity/values";
import { openTestApp, type TestApp } from "@/tests/support/app";
import { seed } from "@/tests/support/seed";
import { testToken } from "@/tests/support/services";

const asOf = new Date(base).toISOString();
/** Generous: what random definitions cost hangs on what else the machine does. */
const timeout = 180_000;
/** Definitions that the API takes while no audience is there to refer to. */
const alone = definition.filter((sought) => isValid(sought) && !/\\u(0000|d[89a-f])/.test(JSON.stringify(sought)));

function isValid(sought: AudienceDefinition): boolean {
  try {
    validateDefinition(sought, { timeZone: "UTC", audiences: new Map() });
    return true;
  } catch {
    return false;
  }
}

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
  await loadPeople(app.services.eventStore, samplePeople(120, seed));
});
afterAll(() => app.close());

const ask = async (name: string, body: object) => (await app.call("POST", `/api/audiences/${name}`, body)).body;
const preview = async (body: object) => previewAudience.answer.parse(await ask("preview", { limit: 0, ...body }));
const idsOf = ({ people }: { people: { id: string }[] }) => people.map(({ id }) => id);

test(`who enters and stays are those after, who leaves and stays those before (seed ${seed})`, {
  timeout,
}, async () => {
  await fc.assert(
    fc.asyncProperty(alone, alone, async (before, after) => {
      const answer = await ask("compare", { before, after, asOf, limit: 1_000 });
      const { entering, leaving, staying, ...compared } = insight.compareDefinitions.answer.parse(answer);
      const [old, next] = [
        await preview({ definition: before, asOf, limit: 1_000 }),
        await preview({ definition: after, asOf, limit: 1_000 }),
      ];
      expect(compared.before).toEqual({ count: old.count, candidates: old.candidates });
      expect(compared.after).toEqual({ count: next.count, candidates: next.candidates });
      expect([...idsOf(leaving), ...idsOf(staying)].sort()).toEqual(idsOf(old).sort());
      expect([...idsOf(entering), ...idsOf(staying)].sort()).toEqual(idsOf(next).sort());
      for (const { count, people } of [entering, leaving, staying]) expect(people).toHaveLength(count);
    }),
    { seed, numRuns: 15 },
  );
});

test(`both and only are each, and all three either (seed ${seed})`, { timeout }, async () => {
  await fc.assert(
    fc.asyncProperty(alone, alone, async (one, other) => {
      const saved = await app.call("POST", "/api/audiences", { name: "Other", definition: other });
      const { id } = createAudience.answer.parse(saved.body);
      const answer = await ask("overlap", { definition: one, audienceIds: [id], asOf });
      const { count, items } = insight.overlapOfAudiences.answer.parse(answer);
      const [overlap] = items;
      if (!overlap) throw new Error("One audience has one overlap");
      const { both, onlyThis, onlyThat, either } = overlap;
      expect(count).toBe((await preview({ definition: one, asOf })).count);
      expect(overlap.count).toBe((await preview({ definition: other, asOf })).count);
      expect([both + onlyThis, both + onlyThat, both + onlyThis + onlyThat]).toEqual([count, overlap.count, either]);
    }),
    { seed, numRuns: 10 },
  );
});

test(`groups and others are everyone of a breakdown (seed ${seed})`, { timeout }, async () => {
  const trait = fc.constantFrom("plan", "seats", "company.size", "tags");
  await fc.assert(
    fc.asyncProperty(alone, trait, fc.integer({ min: 1, max: 4 }), async (sought, name, limit) => {
      const answer = await ask("breakdown", { definition: sought, trait: name, asOf, limit });
      const { count, groups, others } = insight.breakDownByTrait.answer.parse(answer);
      expect(groups.reduce((sum, group) => sum + group.count, others.count)).toBe(count);
      expect(count).toBe((await preview({ definition: sought, asOf })).count);
    }),
    { seed, numRuns: 15 },
  );
});

test(`each size is what a preview of its moment counts (seed ${seed})`, { timeout }, async () => {
  await fc.assert(
    fc.asyncProperty(alone, async (sought) => {
      const response = await app.fetch("/api/audiences/history", {
        method: "POST",
        headers: { authorization: `Bearer ${testToken}` },
        body: JSON.stringify({ definition: sought, asOf, days: 2 }),
      });
      for (const line of (await response.text()).trimEnd().split("\n")) {
        const point = insight.sizeHistory.answer.parse(JSON.parse(line));
        const { count, candidates } = await preview({ definition: sought, asOf: point.at });
        expect({ count, candidates }).toEqual({ count: point.count, candidates: point.candidates });
      }
    }),
    { seed, numRuns: 10 },
  );
});
