import * as z from "zod";
import { attributeOption, createPeopleOption, eventsOption } from "./membership-options";
import { field, secretField, type Tool } from "./tool";

export const intercom = {
  id: "intercom",
  name: "Intercom",
  description: "A custom attribute of contacts that is true for everybody in the audience.",
  settings: z.strictObject({
    region: field(z.enum(["us", "eu", "au"]).default("us"), {
      title: "Region",
      description: "Where your workspace is kept.",
    }),
    accessToken: secretField({
      title: "Access token",
      description: "Of an app of yours that may read and write users and their attributes.",
    }),
  }),
  options: z.strictObject({
    attribute: attributeOption,
    sendEvents: eventsOption,
    createPeople: createPeopleOption,
  }),
  identifiers: ["userId", "email"],
  mapping: [
    { from: "email", to: "email" },
    { from: "name", to: "name" },
  ],
  batchSize: 25,
  requestsPerSecond: 16,
  takesEvents: true,
  canBeAsked: true,
} as const satisfies Tool;
