import * as z from "zod";
import { audienceDefinition, eventMatchShape } from "../audience/definition";
import { duration } from "../duration";

const funnelStep = z.strictObject({ ...eventMatchShape, label: z.string().max(200).optional() });
export type FunnelStep = z.infer<typeof funnelStep>;

/** A funnel of ordered steps, entered by any first event (docs/semantics.md, "Funnels"). Steps are numbered from 1. */
export const funnelDefinition = z
  .strictObject({
    steps: z.array(funnelStep).min(1).max(20),
    /** Time from the first event of a chain to each later one, inclusive; `null` sets no limit. */
    window: duration.nullable(),
    order: z.literal("ordered").optional(),
    entry: z.literal("any").optional(),
    /** Bounds the first event of a chain: from ≤ t < to. */
    range: z.strictObject({ from: z.string().min(1).max(64), to: z.string().min(1).max(64) }).optional(),
    audienceId: z.string().min(1).max(100).optional(),
    definition: audienceDefinition.optional(),
    includeAnonymous: z.boolean().optional(),
  })
  .meta({ id: "FunnelDefinition" });
export type FunnelDefinition = z.infer<typeof funnelDefinition>;
