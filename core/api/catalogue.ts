import * as z from "zod";
import { eventTypes } from "../event/message";
import { endpoint } from "./endpoint";
import { timestamp } from "./shared";

const seenProperty = z.strictObject({
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
  answer: z.strictObject({ items: z.array(seenEvent), nextCursor: z.null() }),
});

const seenTrait = seenProperty.extend({ people: z.int() });
export type SeenTrait = z.infer<typeof seenTrait>;

export const listTraits = endpoint({
  method: "GET",
  path: "/api/traits",
  summary: "Every trait that has been set, by people",
  answer: z.strictObject({ items: z.array(seenTrait), nextCursor: z.null() }),
});

const seenValue = z.strictObject({ value: z.unknown(), people: z.int() });
export type SeenValue = z.infer<typeof seenValue>;
const values = z.strictObject({ items: z.array(seenValue), nextCursor: z.null() });

export const listTraitValues = endpoint({
  method: "GET",
  path: "/api/trait-values",
  summary: "Frequent current values of a trait",
  query: z.strictObject({ trait: z.string().min(1).max(500), search: z.string().max(200).optional() }),
  answer: values,
});
export const listPropertyValues = endpoint({
  method: "GET",
  path: "/api/property-values",
  summary: "Frequent values of an event's property, or of a context path",
  query: z.strictObject({
    event: z.string().max(1_000).optional(),
    type: z.enum(eventTypes).optional(),
    property: z.string().min(1).max(500).optional(),
    context: z.string().min(1).max(500).optional(),
    search: z.string().max(200).optional(),
  }),
  answer: values,
});
