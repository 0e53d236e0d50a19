import * as z from "zod";
import { jsonValue } from "../event/json";
import { funnelDefinition } from "../funnel/definition";
import { entryUnits, funnelFigureShape } from "../funnel/figure";
import { funnelRange } from "../funnel/rules";
import { endpoint } from "./endpoint";
import { asOf, idParams, page, pageQuery, person, timestamp } from "./shared";
import { versionNote } from "./versions";

/** In seconds; quantiles by linear interpolation. */
const times = z.strictObject({ mean: z.number(), median: z.number(), p90: z.number() });
export type FunnelTimes = z.infer<typeof times>;

/** How many took how long: `people[i]` took from `edges[i]` to less than `edges[i + 1]` seconds, those of the last any longer time. */
const histogram = z.strictObject({ edges: z.array(z.number()), people: z.array(z.int()) });
export type FunnelHistogram = z.infer<typeof histogram>;

const stepResult = z.strictObject({
  label: z.string(),
  people: z.int(),
  /** Fractions, 1 on the first step; null where nobody could have converted. */
  fromFirst: z.number().nullable(),
  /** From the last step before this one that could not be skipped. */
  fromPrevious: z.number().nullable(),
  /** Reached this step and no later one; 0 for the last. */
  dropped: z.int(),
  /** Of those dropped, the ones whose window has not closed. */
  pending: z.int(),
  /** Time from the previous step that was reached; absent on the first step and where nobody got here. */
  seconds: times.optional(),
  /** The same time, told by how many took how long. */
  histogram: histogram.optional(),
});
export type FunnelStepResult = z.infer<typeof stepResult>;

const breakdownGroup = z.strictObject({
  /** Of the trait or property, null where it is missing; true or false for an audience. */
  value: jsonValue,
  steps: z.array(stepResult),
});
export type FunnelGroup = z.infer<typeof breakdownGroup>;

/** Those whose chain began in one day or week of the workspace's zone. */
const entryPeriod = z.strictObject({
  /** The day, or the Monday of the week: 2026-11-23. */
  date: z.string(),
  /** People who reached each step; the first are all who entered. */
  people: z.array(z.int()),
  /** Of all who have not done the last step, the ones whose window has not closed. */
  pending: z.int(),
});
export type FunnelEntryPeriod = z.infer<typeof entryPeriod>;

const figuresShape = {
  steps: z.array(stepResult),
  /** Time from the first step to the last; absent where nobody did all of them. */
  startToEnd: times.optional(),
  timeToConvert: histogram.optional(),
  /** The groups of the funnel's breakdown, largest first. */
  breakdown: z.array(breakdownGroup).optional(),
  /** How many groups there are; more than are answered only past `groups` of the request. */
  breakdownGroups: z.int().optional(),
  /** Without gaps from the first period in which anybody entered to the last; asked for by `overTime`. */
  overTime: z.array(entryPeriod).optional(),
};
const figures = z.strictObject(figuresShape);
export type FunnelFigures = z.infer<typeof figures>;

export const previewFunnel = endpoint({
  method: "POST",
  path: "/api/funnels/preview",
  summary: "People, conversion, drop-off and times of a funnel, without saving it",
  body: z.strictObject({
    funnel: funnelDefinition,
    asOf: asOf.optional(),
    /** Asks for conversion by day or week of entry. */
    overTime: z.enum(entryUnits).optional(),
    /** A second range, whose figures are answered beside those of the funnel's own. */
    compare: funnelRange.optional(),
    /** Reads one of so many people. Counts are then estimates: what was found, times this. */
    sample: z.int().min(2).max(1_000).optional(),
    /** Most groups of a breakdown to answer; 1,000 unless told. */
    groups: z.int().min(1).max(10_000).optional(),
  }),
  answer: figures.extend({
    asOf: timestamp,
    compare: figures.extend({ range: funnelRange }).optional(),
    /** Present when all figures are estimates from one of so many people. */
    sample: z.strictObject({ of: z.int() }).optional(),
    /** Milliseconds at the server. */
    tookMs: z.number(),
  }),
});
export type FunnelPreview = z.infer<typeof previewFunnel.answer>;

export const funnelPeople = endpoint({
  method: "POST",
  path: "/api/funnels/people",
  summary: "The people of any figure of a funnel: who reached a step or dropped after it, narrowed as wanted",
  body: z.strictObject({
    funnel: funnelDefinition,
    ...funnelFigureShape,
    asOf: asOf.optional(),
    limit: z.int().min(1).max(10_000).optional(),
    cursor: z.string().max(500).optional(),
  }),
  answer: page(person).extend({ asOf: timestamp }),
});
export type FunnelPeople = z.infer<typeof funnelPeople.answer>;

export const savedFunnel = z.strictObject({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** Of what it says now; each change of that is a new one. */
  version: z.int(),
  funnel: funnelDefinition,
  archivedAt: timestamp.nullable(),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type Funnel = z.infer<typeof savedFunnel>;

export const listFunnels = endpoint({
  method: "GET",
  path: "/api/funnels",
  summary: "Saved funnels, last changed first",
  query: pageQuery.extend({ archived: z.enum(["true", "false"]).optional() }),
  answer: page(savedFunnel),
});
export const createFunnel = endpoint({
  method: "POST",
  path: "/api/funnels",
  summary: "Save a funnel",
  body: z.strictObject({
    name: z.string().trim().min(1).max(200),
    description: z.string().max(2_000).optional(),
    funnel: funnelDefinition,
  }),
  answer: savedFunnel,
  status: 201,
});
export const getFunnel = endpoint({
  method: "GET",
  path: "/api/funnels/:id",
  summary: "A saved funnel",
  params: idParams,
  answer: savedFunnel,
});
export const updateFunnel = endpoint({
  method: "PATCH",
  path: "/api/funnels/:id",
  summary: "Rename or redefine a funnel, or bring it back from the archive",
  params: idParams,
  body: z.strictObject({
    name: z.string().trim().min(1).max(200).optional(),
    description: z.string().max(2_000).optional(),
    funnel: funnelDefinition.optional(),
    /** Kept with the new version that a new definition makes. */
    note: versionNote.optional(),
    archived: z.boolean().optional(),
  }),
  answer: savedFunnel,
});
export const archiveFunnel = endpoint({
  method: "DELETE",
  path: "/api/funnels/:id",
  summary: "Archive a funnel",
  params: idParams,
  answer: savedFunnel,
});
