import * as z from "zod";
import { funnelDefinition } from "../funnel/definition";
import { endpoint } from "./endpoint";
import { asOf, idParams, page, pageQuery, person, timestamp } from "./shared";

/** In seconds; quantiles by linear interpolation. */
const times = z.strictObject({ mean: z.number(), median: z.number(), p90: z.number() });
export type FunnelTimes = z.infer<typeof times>;

const stepResult = z.strictObject({
  label: z.string(),
  people: z.int(),
  /** Fractions, 1 on the first step; null where nobody could have converted. */
  fromFirst: z.number().nullable(),
  fromPrevious: z.number().nullable(),
  /** Reached this step and no later one; 0 for the last. */
  dropped: z.int(),
  /** Of those dropped, the ones whose window has not closed. */
  pending: z.int(),
  /** Time from the previous step; absent on the first step and where nobody got here. */
  seconds: times.optional(),
});
export type FunnelStepResult = z.infer<typeof stepResult>;

export const previewFunnel = endpoint({
  method: "POST",
  path: "/api/funnels/preview",
  summary: "People, conversion, drop-off and times of a funnel, without saving it",
  body: z.strictObject({ funnel: funnelDefinition, asOf: asOf.optional() }),
  answer: z.strictObject({
    asOf: timestamp,
    steps: z.array(stepResult),
    /** Time from the first step to the last; absent where nobody did all of them. */
    startToEnd: times.optional(),
    /** Milliseconds at the server. */
    tookMs: z.number(),
  }),
});
export type FunnelPreview = z.infer<typeof previewFunnel.answer>;

export const funnelPeople = endpoint({
  method: "POST",
  path: "/api/funnels/people",
  summary: "The people of a step: those who reached it, or who dropped after it",
  body: z.strictObject({
    funnel: funnelDefinition,
    step: z.int().min(1).max(20),
    outcome: z.enum(["reached", "dropped"]),
    asOf: asOf.optional(),
    limit: z.int().min(1).max(10_000).optional(),
    cursor: z.string().max(500).optional(),
  }),
  answer: page(person).extend({ asOf: timestamp }),
});
export type FunnelPeople = z.infer<typeof funnelPeople.answer>;

const funnel = z.strictObject({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  funnel: funnelDefinition,
  archivedAt: timestamp.nullable(),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type Funnel = z.infer<typeof funnel>;

export const listFunnels = endpoint({
  method: "GET",
  path: "/api/funnels",
  summary: "Saved funnels, last changed first",
  query: pageQuery.extend({ archived: z.enum(["true", "false"]).optional() }),
  answer: page(funnel),
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
  answer: funnel,
  status: 201,
});
export const getFunnel = endpoint({
  method: "GET",
  path: "/api/funnels/:id",
  summary: "A saved funnel",
  params: idParams,
  answer: funnel,
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
    archived: z.boolean().optional(),
  }),
  answer: funnel,
});
export const archiveFunnel = endpoint({
  method: "DELETE",
  path: "/api/funnels/:id",
  summary: "Archive a funnel",
  params: idParams,
  answer: funnel,
});
