import * as z from "zod";
import { attributeOption, eventsOption } from "./membership-options";
import { field, secretField, type Tool } from "./tool";

export const customerIo = {
  id: "customer-io",
  name: "Customer.io",
  description: "An attribute that is true for everybody in the audience, and a manual segment if you have made one.",
  settings: z.strictObject({
    region: field(z.enum(["us", "eu"]).default("us"), {
      title: "Region",
      description: "Where your workspace is kept.",
    }),
    siteId: field(z.string().trim().min(1).max(200), { title: "Site ID" }),
    apiKey: secretField({ title: "Track API key" }),
  }),
  options: z.strictObject({
    attribute: attributeOption,
    segmentId: field(z.string().trim().regex(/^\d*$/, "must be a number").default(""), {
      title: "Manual segment",
      description: "Its number, as its address in Customer.io shows it. Empty for none.",
    }),
    sendEvents: eventsOption,
  }),
  identifiers: ["userId", "email"],
  mapping: [
    { from: "email", to: "email" },
    { from: "firstName", to: "first_name" },
    { from: "lastName", to: "last_name" },
    { from: "plan", to: "plan" },
  ],
  batchSize: 100,
  requestsPerSecond: 30,
  takesEvents: true,
  canBeAsked: false,
} as const satisfies Tool;
