import * as z from "zod";
import { field, secretField, type Tool } from "./tool";

export const pendo = {
  id: "pendo",
  name: "Pendo",
  description: "A segment that holds everybody in the audience, for guides.",
  settings: z.strictObject({
    region: field(z.enum(["us", "us1", "eu", "jp", "au"]).default("us"), {
      title: "Region",
      description: "As the address of your Pendo shows it.",
    }),
    integrationKey: secretField({
      title: "Integration key",
      description: "With write access; Pendo shows it under Settings, Integrations.",
    }),
  }),
  options: z.strictObject({
    segment: field(z.string().trim().min(1).max(200).default("{{name}}"), {
      title: "Segment",
      description: "By its name; it is made where there is none.",
    }),
  }),
  identifiers: ["userId"],
  mapping: [],
  batchSize: 1000,
  requestsPerSecond: 5,
  takesEvents: false,
  canBeAsked: false,
} as const satisfies Tool;
