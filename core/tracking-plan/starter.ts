import type { PlanDefinition } from "./definition";

/**
 * A plan to begin with for a product that people sign up for: what leads to the first moment of value, by the names that
 * Segment's B2B SaaS spec and its guides use.
 */
export const activationStarter: PlanDefinition = {
  version: 1,
  rules: [
    {
      type: "track",
      event: "Account Created",
      description: "Somebody has signed up.",
      properties: [
        { name: "plan", types: ["string"], description: "The plan that the account starts with." },
        { name: "signup_source", types: ["string"], description: "Where they came from: organic, invite, ad." },
      ],
    },
    {
      type: "track",
      event: "Onboarding Step Completed",
      description: "One step of the onboarding is done.",
      properties: [
        { name: "step_name", types: ["string"], required: true },
        { name: "step_number", types: ["integer"], minimum: 1 },
        { name: "time_spent", types: ["number"], minimum: 0, description: "Seconds." },
      ],
    },
    {
      type: "track",
      event: "First Project Created",
      description: "The first thing of their own.",
      properties: [{ name: "template", types: ["string", "null"] }],
    },
    {
      type: "track",
      event: "Team Member Invited",
      description: "They brought in somebody else.",
      properties: [{ name: "role", types: ["string"] }],
    },
    {
      type: "track",
      event: "Activation Milestone Reached",
      description: "The first moment of value: name yours in milestone_name.",
      properties: [{ name: "milestone_name", types: ["string"] }],
    },
    {
      type: "identify",
      description: "Who they are.",
      properties: [
        { name: "email", types: ["string"], pattern: "^[^@\\s]+@[^@\\s]+$" },
        { name: "plan", types: ["string"] },
        { name: "signup_date", types: ["date-time"] },
        { name: "company_size", types: ["integer", "string"] },
      ],
    },
  ],
};
