import * as z from "zod";
import { audienceDefinition } from "../audience/definition";
import { endpoint } from "./endpoint";
import { asOf, idParams, person, timestamp } from "./shared";

const somePeople = z.strictObject({
  count: z.int(),
  /** As many of them as were asked for. */
  people: z.array(person),
});

/** Two definitions at one moment. `entering` and `staying` are all of `after`, `leaving` and `staying` all of `before`. */
export const comparedPeople = z.strictObject({
  asOf: timestamp,
  before: z.strictObject({ count: z.int(), candidates: z.int() }),
  after: z.strictObject({ count: z.int(), candidates: z.int() }),
  entering: somePeople,
  leaving: somePeople,
  staying: somePeople,
  /** Milliseconds at the server. */
  tookMs: z.number(),
});
export type ComparedPeople = z.infer<typeof comparedPeople>;

export const compareDefinitions = endpoint({
  method: "POST",
  path: "/api/audiences/compare",
  summary: "Who would enter, leave and stay if one definition took the place of another",
  body: z.strictObject({
    before: audienceDefinition,
    after: audienceDefinition,
    asOf: asOf.optional(),
    /** Most people of each kind to answer with, 10 unless told; the counts know no limit. */
    limit: z.int().min(0).max(10_000).optional(),
  }),
  answer: comparedPeople,
});

/** One line of the stream of sizes. */
const sizePoint = z.strictObject({
  at: timestamp,
  /** The calendar day of the workspace's zone that ends at this moment, or is under way: 2026-11-23. */
  day: z.string(),
  count: z.int(),
  candidates: z.int(),
});
export type SizePoint = z.infer<typeof sizePoint>;

export const sizeHistory = endpoint({
  method: "POST",
  path: "/api/audiences/history",
  summary:
    "The size of a definition now and at the end of each of the last days, newest first, each line once it is counted",
  body: z.strictObject({
    definition: audienceDefinition,
    /** 30 unless told. */
    days: z.int().min(1).max(366).optional(),
    asOf: asOf.optional(),
  }),
  answer: sizePoint,
  streams: { answer: "application/x-ndjson" },
});

/** A value of a trait as JSON; null for people without one. */
const traitValue = z.json();
const traitGroup = z.strictObject({ value: traitValue, count: z.int() });
export type TraitGroup = z.infer<typeof traitGroup>;

export const breakDownByTrait = endpoint({
  method: "POST",
  path: "/api/audiences/breakdown",
  summary: "The people of a definition by the value of a trait, most first",
  body: z.strictObject({
    definition: audienceDefinition,
    trait: z.string().min(1).max(500),
    asOf: asOf.optional(),
    /** Most groups to answer with, 20 unless told; whoever has another value is in `others`. */
    limit: z.int().min(1).max(1_000).optional(),
  }),
  answer: z.strictObject({
    asOf: timestamp,
    count: z.int(),
    groups: z.array(traitGroup),
    others: z.strictObject({ values: z.int(), count: z.int() }),
    /** Milliseconds at the server. */
    tookMs: z.number(),
  }),
});
export type TraitBreakdown = z.infer<typeof breakDownByTrait.answer>;

export const overlapOfAudiences = endpoint({
  method: "POST",
  path: "/api/audiences/overlap",
  summary: "How many people a definition has in common with saved audiences",
  body: z.strictObject({
    definition: audienceDefinition,
    audienceIds: z.array(idParams.shape.id).min(1).max(200),
    asOf: asOf.optional(),
  }),
  answer: z.strictObject({
    asOf: timestamp,
    count: z.int(),
    /** In the order asked for. */
    items: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        count: z.int(),
        both: z.int(),
        /** In the definition and not in the audience. */
        onlyThis: z.int(),
        /** In the audience and not in the definition. */
        onlyThat: z.int(),
        either: z.int(),
      }),
    ),
    /** Milliseconds at the server. */
    tookMs: z.number(),
  }),
});
export type AudienceOverlap = z.infer<typeof overlapOfAudiences.answer>;
