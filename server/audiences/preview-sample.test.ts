import { afterAll, beforeAll, expect, test } from "vitest";
import type { AudienceDefinition } from "@/core/audience/definition";
import type { OpenedServices } from "@/server/services";
import { openTestServices } from "@/tests/support/services";
import { storeIdentities, storeMessages } from "@/tests/support/stored-people";
import { previewAudience } from "./preview";

let services: OpenedServices;
const everyone = 4_000;
beforeAll(async () => {
  services = await openTestServices();
  const profiles = Array.from({ length: everyone }, (_, index) => index + 1);
  await storeIdentities(services.eventStore, profiles);
  await storeMessages(
    services.eventStore,
    profiles.flatMap((profile) => [
      { profile, timestamp: 1_000, event: "A" },
      // A quarter of the people go on.
      { profile, timestamp: 2_000, event: profile % 4 === 0 ? "B" : "C" },
    ]),
  );
});
afterAll(() => services.close());

const wentOn: AudienceDefinition = {
  version: 1,
  root: { kind: "sequence", steps: [{ event: "A" }, { event: "B", within: { amount: 1, unit: "minute" } }] },
};
const stayed: AudienceDefinition = { version: 1, root: { kind: "not", condition: wentOn.root } };

test("a sampled preview estimates from the same part of the people, and says so", async () => {
  const exact = await previewAudience(services, { definition: wentOn, limit: everyone });
  expect(exact).toMatchObject({ count: everyone / 4, candidates: everyone });
  expect(exact.sample).toBeUndefined();
  const sampled = await previewAudience(services, { definition: wentOn, sample: 8, limit: everyone, conditions: true });
  const rest = await previewAudience(services, { definition: stayed, sample: 8, limit: everyone });
  expect(sampled.sample).toEqual({ of: 8 });
  expect(sampled.count).toBe(sampled.people.length * 8);
  expect(sampled.conditions).toEqual([{ path: "root", count: sampled.count }]);
  expect(Math.abs(sampled.count - exact.count)).toBeLessThan(exact.count / 4);
  expect(Math.abs(sampled.candidates - everyone)).toBeLessThan(everyone / 4);
  expect(sampled.count + rest.count).toBe(sampled.candidates);
  const members = new Set(exact.people.map(({ id }) => id));
  expect(sampled.people.filter(({ id }) => !members.has(id))).toEqual([]);
  expect(rest.people.filter(({ id }) => members.has(id))).toEqual([]);
});
