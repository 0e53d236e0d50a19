import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { previewAudience } from "@/core/api/audiences";
import { explainProfile } from "@/core/api/profiles";
import { openTestApp, type TestApp } from "@/tests/support/app";
import { seed } from "@/tests/support/seed";
import { savedDefinitions } from "../definitions";
import { samplePeople } from "../histories";
import { loadPeople } from "../load";
import { moments } from "./worlds";

const people = samplePeople(60, seed);

/** The first of the saved ones refers to no other. */
const soleDefinition = fc.oneof(...savedDefinitions.slice(0, 1).map(({ definition }) => definition));

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
  await loadPeople(app.services.eventStore, people);
});
afterAll(() => app.close());

test(`who is explained to be in is who the preview counts (seed ${seed})`, { timeout: 300_000 }, async () => {
  let pairs = 0;
  await fc.assert(
    fc.asyncProperty(
      soleDefinition,
      moments,
      fc.uniqueArray(fc.integer({ min: 1, max: people.length }), { minLength: 8, maxLength: 8 }),
      async (definition, { now, timeZone }, asked) => {
        const asOf = new Date(now).toISOString();
        expect((await app.call("PATCH", "/api/workspace", { timeZone })).status).toBe(200);
        const preview = await app.call("POST", "/api/audiences/preview", { definition, asOf, limit: 1_000 });
        // What only its meaning forbids, such as a range that ends before it starts, is refused by both.
        const refused = preview.status === 400;
        const members = refused ? [] : previewAudience.answer.parse(preview.body).people.map(({ id }) => id);
        for (const profile of asked) {
          const answer = await app.call("POST", `/api/profiles/p${profile}/explain`, { definition, asOf });
          expect(answer.status).toBe(refused ? 400 : 200);
          if (refused) continue;
          const { member, excluded, node } = explainProfile.answer.parse(answer.body);
          expect({ profile, member }).toEqual({ profile, member: members.includes(`p${profile}`) });
          expect(member).toBe(excluded === null && node.holds);
          pairs += 1;
        }
      },
    ),
    { seed, numRuns: 40, endOnFailure: true },
  );
  expect(pairs).toBeGreaterThan(100);
});
