import * as z from "zod";
import { attributeOption, eventsOption } from "./membership-options";
import { field, secretField, type Tool } from "./tool";

export const appcues = {
  id: "appcues",
  name: "Appcues",
  description: "A property of profiles that is true for everybody in the audience, for flows.",
  settings: z.strictObject({
    region: field(z.enum(["us", "eu"]).default("us"), { title: "Region", description: "Where your account is kept." }),
    accountId: field(z.string().trim().regex(/^\d+$/, "must be a number"), { title: "Account ID" }),
    apiKey: field(z.string().trim().min(1).max(200), { title: "API key" }),
    apiSecret: secretField({ title: "API secret" }),
  }),
  options: z.strictObject({ attribute: attributeOption, sendEvents: eventsOption }),
  identifiers: ["userId"],
  mapping: [
    { from: "email", to: "email" },
    { from: "plan", to: "plan" },
  ],
  batchSize: 50,
  requestsPerSecond: 20,
  takesEvents: true,
  canBeAsked: false,
} as const satisfies Tool;
