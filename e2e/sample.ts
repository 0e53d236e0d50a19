import { type APIRequestContext, expect } from "@playwright/test";
import { getSample } from "../core/api/workspace";
import type { AudienceDefinition } from "../core/audience/definition";
import type { FunnelDefinition } from "../core/funnel/definition";
import { answered } from "./answered";

/** Loads the sample workspace through the API and waits until it is there. */
export async function loadSample(api: APIRequestContext): Promise<void> {
  expect((await api.post("/api/sample")).status()).toBe(202);
  const status = async () => (await answered(getSample.answer, api.get("/api/sample"))).status;
  await expect.poll(status, { timeout: 120_000 }).toBe("loaded");
}

/** The first audience that everybody builds. */
export const stuckBeforeActivation: AudienceDefinition = {
  version: 1,
  root: {
    kind: "all",
    conditions: [
      { kind: "event", event: "Account Created", window: { kind: "before_last", amount: 2, unit: "day" } },
      { kind: "event", event: "Activation Milestone Reached", count: { op: "exactly", value: 0 } },
      { kind: "trait", trait: "plan", op: "equals", value: "trial" },
    ],
  },
};

/** A sequence with what did not follow, a figure over a person's own first week, and a trait held for a time. */
export const stoppedHalfway: { name: string; definition: AudienceDefinition } = {
  name: "Began well, then stopped",
  definition: {
    version: 1,
    root: {
      kind: "all",
      conditions: [
        {
          kind: "sequence",
          steps: [{ event: "Account Created" }, { event: "First Project Created", within: { amount: 7, unit: "day" } }],
          thenNot: { event: "Team Member Invited", within: { amount: 7, unit: "day" } },
        },
        {
          kind: "event",
          event: "Onboarding Step Completed",
          window: { kind: "after", anchor: { event: "Account Created" }, amount: 7, unit: "day" },
          aggregate: { fn: "sum", property: "time_spent", op: "gte", value: 60 },
        },
        { kind: "trait", trait: "plan", op: "equals", value: "trial", heldFor: { amount: 14, unit: "day" } },
      ],
    },
  },
};

export const activationFunnel: FunnelDefinition = {
  steps: [{ event: "Account Created" }, { event: "First Project Created" }, { event: "Activation Milestone Reached" }],
  window: { amount: 14, unit: "day" },
};
