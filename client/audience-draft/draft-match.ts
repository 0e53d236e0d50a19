import * as z from "zod";
import { operators } from "@/core/audience/filter";
import { eventTypes } from "@/core/event/message";

/** Which events a sentence speaks of; `unchosen` until somebody picks one. */
const eventChoice = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("unchosen") }),
  z.strictObject({ kind: z.literal("any") }),
  z.strictObject({ kind: z.literal("named"), event: z.string() }),
]);
export type EventChoice = z.infer<typeof eventChoice>;

/** The value is whatever has been entered so far; it need not fit the operator yet. */
export const comparisonShape = { op: z.enum(operators), value: z.unknown() };

const draftFilter = z.strictObject({
  id: z.string(),
  of: z.enum(["property", "context"]),
  path: z.string().nullable(),
  ...comparisonShape,
});
export type DraftFilter = z.infer<typeof draftFilter>;

/** Everything that picks events: a choice, and filters that must hold on the same event. */
export const matchShape = {
  choice: eventChoice,
  type: z.enum(eventTypes).optional(),
  where: z.array(draftFilter),
};
const draftMatch = z.strictObject(matchShape);
export type DraftMatch = z.infer<typeof draftMatch>;
