import * as z from "zod";
import { jsonValue } from "../event/json";
import { maxFunnelSteps } from "./rules";

export const entryUnits = ["day", "week"] as const;
export type EntryUnit = (typeof entryUnits)[number];

/** Names the people of any figure of a funnel; each part narrows it further. */
export const funnelFigureShape = {
  /** Numbered from 1. */
  step: z.int().min(1).max(maxFunnelSteps),
  /** Reached this step, or reached it and no later one. */
  outcome: z.enum(["reached", "dropped"]),
  /** Of those dropped, the ones whose window has not closed. */
  pending: z.literal(true).optional(),
  /** Of one group of the funnel's breakdown: its value, null for those without one. */
  group: z.strictObject({ value: jsonValue }).optional(),
  /** Whose chain began on this day, or in the week from this Monday, in the workspace's zone. */
  entered: z.strictObject({ unit: z.enum(entryUnits), date: z.iso.date() }).optional(),
  /** Whose chain took so long to this step, in seconds: from ≤ time < to; without `to` any longer time. */
  took: z
    .strictObject({
      since: z.enum(["first", "previous"]),
      from: z.number().min(0),
      to: z.number().positive().optional(),
    })
    .optional(),
};

export const funnelFigure = z.strictObject(funnelFigureShape);
export type FunnelFigure = z.infer<typeof funnelFigure>;
