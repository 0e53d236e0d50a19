import * as z from "zod";
import { createPeopleOption } from "./membership-options";
import { field, secretField, type Tool } from "./tool";

export const hubspot = {
  id: "hubspot",
  name: "HubSpot",
  description: "A contact property that is true for everybody in the audience, and a static list of them.",
  settings: z.strictObject({
    accessToken: secretField({
      title: "Access token of a private app",
      description: "With the scopes to read and write contacts, their properties and lists.",
    }),
  }),
  options: z.strictObject({
    property: field(z.string().trim().min(1).max(100).default("{{key}}"), {
      title: "Contact property",
      description: "By its internal name; it is made where there is none.",
    }),
    list: field(z.string().trim().max(200).default("{{name}}"), {
      title: "Static list",
      description: "By its name; it is made where there is none. Empty for no list.",
    }),
    createPeople: createPeopleOption,
  }),
  identifiers: ["email"],
  mapping: [
    { from: "firstName", to: "firstname" },
    { from: "lastName", to: "lastname" },
  ],
  batchSize: 100,
  requestsPerSecond: 8,
  takesEvents: false,
  canBeAsked: true,
} as const satisfies Tool;
