import * as z from "zod";
import { createPeopleOption, eventsOption } from "./membership-options";
import { field, secretField, type Tool } from "./tool";

export const iterable = {
  id: "iterable",
  name: "Iterable",
  description: "A list that holds everybody in the audience, and the events of entering and leaving.",
  settings: z.strictObject({
    region: field(z.enum(["us", "eu"]).default("us"), { title: "Region", description: "Where your project is kept." }),
    apiKey: secretField({ title: "API key", description: "Of the kind Server-side." }),
  }),
  options: z.strictObject({
    list: field(z.string().trim().min(1).max(255).default("{{name}}"), {
      title: "List",
      description: "By its name; it is made where there is none.",
    }),
    sendEvents: eventsOption,
    createPeople: createPeopleOption,
  }),
  identifiers: ["email", "userId"],
  mapping: [
    { from: "firstName", to: "firstName" },
    { from: "lastName", to: "lastName" },
    { from: "plan", to: "plan" },
  ],
  batchSize: 1000,
  requestsPerSecond: 5,
  takesEvents: true,
  canBeAsked: true,
} as const satisfies Tool;
