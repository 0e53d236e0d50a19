import * as z from "zod";
import { funnelDefinition } from "@/core/funnel/definition";
import { eventRow } from "../audience-draft/draft";

/** An event that must not happen between two steps; null is the first step, and the last. */
const draftExclusion = z.strictObject({
  row: eventRow,
  after: z.string().nullable(),
  before: z.string().nullable(),
});
export type DraftExclusion = z.infer<typeof draftExclusion>;

const draftBreakdown = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("trait"), trait: z.string() }),
  /** `step` is the row of the step whose event is asked. */
  z.strictObject({ kind: z.literal("property"), property: z.string(), step: z.string() }),
  z.strictObject({ kind: z.literal("audience"), audienceId: z.string() }),
]);
export type DraftBreakdown = z.infer<typeof draftBreakdown>;

/**
 * A funnel while it is composed. Its steps are rows like those of an audience, so that the same words edit both, and
 * whatever names a step names its row, so that it goes with the step when that is moved. What is not finished is left
 * out of what is computed.
 */
export const funnelDraft = z.strictObject({
  rows: z.array(eventRow),
  /** Own names of steps, by row. */
  labels: z.record(z.string(), z.string()),
  /** Rows of the steps that may be skipped. */
  optional: z.array(z.string()),
  exclude: z.array(draftExclusion),
  breakdown: draftBreakdown.nullable(),
  rest: funnelDefinition.omit({ steps: true, exclude: true, breakdown: true }),
  nextId: z.int().positive(),
});
export type FunnelDraft = z.infer<typeof funnelDraft>;
