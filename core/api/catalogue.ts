import * as z from "zod";
import { eventTypes } from "../event/message";
import { endpoint } from "./endpoint";
import { page, pageQuery, timestamp } from "./shared";

export const seenProperty = z.strictObject({
  name: z.string(),
  types: z.array(z.enum(["text", "number", "boolean", "date", "list", "object", "null"])),
  examples: z.array(z.unknown()),
});
export type SeenProperty = z.infer<typeof seenProperty>;

const seenEvent = z.strictObject({
  event: z.string(),
  type: z.enum(eventTypes),
  people: z.int(),
  count: z.int(),
  firstSeen: timestamp,
  lastSeen: timestamp,
  /** Events of each of the last 30 days, oldest first. */
  daily: z.array(z.int()),
  /** Nested properties by their dotted path. */
  properties: z.array(seenProperty),
});
export type SeenEvent = z.infer<typeof seenEvent>;

export const listEvents = endpoint({
  method: "GET",
  path: "/api/events",
  summary: "Every event name that has been seen, by people, with its properties",
  query: pageQuery,
  answer: page(seenEvent),
});

const seenTrait = seenProperty.extend({ people: z.int() });
export type SeenTrait = z.infer<typeof seenTrait>;

export const listTraits = endpoint({
  method: "GET",
  path: "/api/traits",
  summary: "Every trait that has been set, by people",
  query: pageQuery,
  answer: page(seenTrait),
});

const seenValue = z.strictObject({ value: z.unknown(), people: z.int() });
export type SeenValue = z.infer<typeof seenValue>;
const values = page(seenValue);

const traitValuesQuery = pageQuery.extend({
  trait: z.string().min(1).max(500),
  search: z.string().max(200).optional(),
});

export const listTraitValues = endpoint({
  method: "GET",
  path: "/api/trait-values",
  summary: "Frequent current values of a trait",
  query: traitValuesQuery,
  answer: values,
});
export const listPropertyValues = endpoint({
  method: "GET",
  path: "/api/property-values",
  summary: "Frequent values of an event's property, or of a context path",
  query: pageQuery.extend({
    event: z.string().max(1_000).optional(),
    type: z.enum(eventTypes).optional(),
    property: z.string().min(1).max(500).optional(),
    context: z.string().min(1).max(500).optional(),
    search: z.string().max(200).optional(),
  }),
  answer: values,
});

const seenAccountTrait = seenProperty.extend({ accounts: z.int() });
export type SeenAccountTrait = z.infer<typeof seenAccountTrait>;

export const listAccountTraits = endpoint({
  method: "GET",
  path: "/api/account-traits",
  summary: "Every trait that group calls have set, by accounts",
  query: pageQuery,
  answer: page(seenAccountTrait),
});
export const listAccountTraitValues = endpoint({
  method: "GET",
  path: "/api/account-trait-values",
  summary: "Frequent current values of a trait of accounts",
  query: traitValuesQuery,
  answer: page(z.strictObject({ value: z.unknown(), accounts: z.int() })),
});
