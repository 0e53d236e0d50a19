import * as z from "zod";
import { audienceDefinition } from "../audience/definition";
import { funnelRulesShape } from "./rules";

/** A funnel: how people go through it, and who is counted (docs/semantics.md, "Funnels"). */
export const funnelDefinition = z
  .strictObject({
    ...funnelRulesShape,
    audienceId: z.string().min(1).max(100).optional(),
    definition: audienceDefinition.optional(),
    includeAnonymous: z.boolean().optional(),
  })
  .meta({ id: "FunnelDefinition" });
export type FunnelDefinition = z.infer<typeof funnelDefinition>;
