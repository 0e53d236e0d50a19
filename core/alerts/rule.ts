import * as z from "zod";
import { assertNever } from "../errors";

const id = z.string().min(1).max(100);

/** What is watched. Null in the place of an id: each there is, also those that are still to come. */
export const alertRule = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("sync_failing"),
    destinationId: id.nullable(),
    /** For so long without a break nothing could be delivered. */
    minutes: z.int().min(1).max(10_080),
  }),
  z.strictObject({
    kind: z.literal("deliveries_given_up"),
    destinationId: id.nullable(),
    /** So many deliveries of the last hours, or more, were given up and not made good since. */
    deliveries: z.int().min(1).max(1_000_000),
    hours: z.int().min(1).max(720),
  }),
  z.strictObject({
    kind: z.literal("audience_jumped"),
    audienceId: id.nullable(),
    direction: z.enum(["either", "grew", "shrank"]),
    /** By more than this share of the size before, and by at least so many people. */
    percent: z.number().min(0.1).max(10_000),
    people: z.int().min(1).max(1_000_000_000),
    hours: z.int().min(1).max(720),
  }),
  z.strictObject({
    kind: z.literal("source_silent"),
    sourceId: id.nullable(),
    minutes: z.int().min(1).max(43_200),
    /** Only where it sent something in the same minutes a week before. */
    onlyIfWeekBefore: z.boolean(),
  }),
]);
export type AlertRule = z.infer<typeof alertRule>;
export type AlertKind = AlertRule["kind"];

/** What a rule watches one or all of. */
export type Watched = "destination" | "audience" | "source";

export function watchedBy(rule: AlertRule): { kind: Watched; id: string | null } {
  switch (rule.kind) {
    case "sync_failing":
    case "deliveries_given_up":
      return { kind: "destination", id: rule.destinationId };
    case "audience_jumped":
      return { kind: "audience", id: rule.audienceId };
    case "source_silent":
      return { kind: "source", id: rule.sourceId };
    default:
      return assertNever(rule);
  }
}
