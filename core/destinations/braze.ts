import * as z from "zod";
import { attributeOption, createPeopleOption, eventsOption } from "./membership-options";
import { field, secretField, type Tool } from "./tool";

export const braze = {
  id: "braze",
  name: "Braze",
  description: "A custom attribute that is true for everybody in the audience, and the events of entering and leaving.",
  settings: z.strictObject({
    restEndpoint: field(z.url({ protocol: /^https$/, error: "must be an address that begins with https://" }), {
      title: "REST endpoint",
      description: "Of your instance; Braze shows it under Settings, APIs and Identifiers.",
      placeholder: "https://rest.iad-01.braze.com",
    }),
    apiKey: secretField({ title: "REST API key", description: "With the permission users.track." }),
  }),
  options: z.strictObject({
    attribute: attributeOption,
    sendEvents: eventsOption,
    createPeople: createPeopleOption,
  }),
  identifiers: ["userId", "email"],
  mapping: [
    { from: "email", to: "email" },
    { from: "firstName", to: "first_name" },
    { from: "lastName", to: "last_name" },
  ],
  batchSize: 75,
  requestsPerSecond: 100,
  takesEvents: true,
  canBeAsked: false,
} as const satisfies Tool;
