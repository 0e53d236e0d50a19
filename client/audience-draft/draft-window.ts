import * as z from "zod";
import { calendarPeriods } from "@/core/audience/definition";
import { units } from "@/core/duration";
import { matchShape } from "./draft-match";

const lengthShape = { amount: z.int().min(0).max(1_000_000_000), unit: z.enum(units) };

/** A length of time as it has been entered so far: an amount of 0 is still to be entered. */
export const draftLength = z.strictObject(lengthShape);

/** What a window starts at, by person. */
const draftAnchor = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("first_seen") }),
  z.strictObject({ kind: z.literal("trait"), trait: z.string() }),
  z.strictObject({ kind: z.literal("event"), ...matchShape }),
]);
export type DraftAnchor = z.infer<typeof draftAnchor>;

/** A window as it has been entered so far: an instant of "" is still to be entered. */
export const draftWindow = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ever") }),
  z.strictObject({ kind: z.literal("last"), ...lengthShape }),
  z.strictObject({ kind: z.literal("before_last"), ...lengthShape }),
  z.strictObject({ kind: z.literal("between_ago"), from: draftLength, to: draftLength }),
  z.strictObject({ kind: z.literal("since"), at: z.string() }),
  z.strictObject({ kind: z.literal("before"), at: z.string() }),
  z.strictObject({ kind: z.literal("range"), from: z.string(), to: z.string() }),
  z.strictObject({ kind: z.literal("calendar"), period: z.enum(calendarPeriods) }),
  z.strictObject({ kind: z.literal("after"), anchor: draftAnchor, ...lengthShape }),
]);
export type DraftWindow = z.infer<typeof draftWindow>;
