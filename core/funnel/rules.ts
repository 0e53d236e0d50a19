import * as z from "zod";
import { eventMatchShape } from "../audience/event-match-shape";
import { duration } from "../duration";

export const maxFunnelSteps = 20;
export const maxFunnelExclusions = 20;

const stepNumber = z.int().min(1).max(maxFunnelSteps);
const path = z.string().min(1).max(500);

const funnelStep = z.strictObject({
  ...eventMatchShape,
  /** The step may be skipped; never the first one. */
  optional: z.boolean().optional(),
  label: z.string().max(200).optional(),
});
export type FunnelStep = z.infer<typeof funnelStep>;

/** An event that ends a chain which has passed step `after` (1 unless told) and not yet step `before` (the last unless told). */
const funnelExclusion = z.strictObject({
  ...eventMatchShape,
  event: eventMatchShape.event.unwrap(),
  after: stepNumber.optional(),
  before: stepNumber.optional(),
});
export type FunnelExclusion = z.infer<typeof funnelExclusion>;

export const funnelOrders = ["ordered", "strict", "unordered"] as const;
export type FunnelOrder = (typeof funnelOrders)[number];

export const funnelEntries = ["any", "first"] as const;
export type FunnelEntry = (typeof funnelEntries)[number];

/** Bounds the first event of a chain: from ≤ t < to. */
export const funnelRange = z.strictObject({ from: z.string().min(1).max(64), to: z.string().min(1).max(64) });
export type FunnelRange = z.infer<typeof funnelRange>;

/** What people are told apart by: a trait at `now`, a property of the event that did a step, or being in an audience. */
const funnelBreakdown = z.union([
  z.strictObject({ trait: path }),
  z.strictObject({ property: path, step: stepNumber }),
  z.strictObject({ audienceId: z.string().min(1).max(100) }),
]);
export type FunnelBreakdown = z.infer<typeof funnelBreakdown>;

/** How people go through a funnel (docs/semantics.md, "Funnels"). Steps are numbered from 1. */
export const funnelRulesShape = {
  steps: z.array(funnelStep).min(1).max(maxFunnelSteps),
  /** Time from the first event of a chain to each later one, inclusive; `null` sets no limit. */
  window: duration.nullable(),
  order: z.enum(funnelOrders).optional(),
  entry: z.enum(funnelEntries).optional(),
  range: funnelRange.optional(),
  exclude: z.array(funnelExclusion).max(maxFunnelExclusions).optional(),
  breakdown: funnelBreakdown.optional(),
};

/** A funnel without the limits on who is counted. */
export const funnelRules = z.strictObject(funnelRulesShape);
export type FunnelRules = z.infer<typeof funnelRules>;
