import type { AudienceDefinition } from "../../core/audience/definition";
import type { FunnelDefinition } from "../../core/funnel/definition";

export const stuckAudience = {
  name: "Stuck before activation",
  description: "Signed up more than two days ago, still on trial, and has not reached the activation milestone.",
  definition: {
    version: 1,
    root: {
      kind: "all",
      conditions: [
        { kind: "event", event: "Account Created", window: { kind: "before_last", amount: 2, unit: "day" } },
        { kind: "event", event: "Activation Milestone Reached", count: { op: "exactly", value: 0 } },
        { kind: "trait", trait: "plan", op: "equals", value: "trial" },
      ],
    },
  } satisfies AudienceDefinition,
};

export const activationFunnel = {
  name: "Sign-up to activation",
  description: "The way from the first visit as a user to the moment at which the product has shown what it is for.",
  funnel: {
    steps: [
      { event: "Account Created" },
      { event: "Onboarding Step Completed" },
      { event: "First Project Created" },
      { event: "Team Member Invited" },
      { event: "Activation Milestone Reached" },
    ],
    window: { amount: 30, unit: "day" },
  } satisfies FunnelDefinition,
};
