import * as z from "zod";
import { eventCount, eventWindow, sequenceNode } from "@/core/audience/definition";
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
const comparisonShape = { op: z.enum(operators), value: z.unknown() };

const draftFilter = z.strictObject({
  id: z.string(),
  of: z.enum(["property", "context"]),
  path: z.string().nullable(),
  ...comparisonShape,
});
export type DraftFilter = z.infer<typeof draftFilter>;

const eventRow = z.strictObject({
  kind: z.literal("event"),
  id: z.string(),
  choice: eventChoice,
  type: z.enum(eventTypes).optional(),
  where: z.array(draftFilter),
  count: eventCount,
  window: eventWindow,
});
export type EventRow = z.infer<typeof eventRow>;

const traitRow = z.strictObject({
  kind: z.literal("trait"),
  id: z.string(),
  trait: z.string().nullable(),
  ...comparisonShape,
});
export type TraitRow = z.infer<typeof traitRow>;

const audienceRow = z.strictObject({
  kind: z.literal("audience"),
  id: z.string(),
  audienceId: z.string().nullable(),
  member: z.boolean(),
});
export type AudienceRow = z.infer<typeof audienceRow>;

/** Kept as it is in the definition: what its words do not show is never lost. */
const sequenceRow = z.strictObject({
  kind: z.literal("sequence"),
  id: z.string(),
  negated: z.boolean(),
  node: sequenceNode,
});
export type SequenceRow = z.infer<typeof sequenceRow>;

export const groupModes = ["all", "any", "none", "notAll"] as const;
export type GroupMode = (typeof groupModes)[number];

export interface GroupRow {
  kind: "group";
  id: string;
  mode: GroupMode;
  rows: DraftRow[];
}

/** One row of the builder: a sentence, or a group of them. `id` stays the same while the row is edited and moved. */
export type DraftRow = EventRow | TraitRow | AudienceRow | SequenceRow | GroupRow;

const draftRow: z.ZodType<DraftRow> = z.lazy(() =>
  z.discriminatedUnion("kind", [
    eventRow,
    traitRow,
    audienceRow,
    sequenceRow,
    z.strictObject({
      kind: z.literal("group"),
      id: z.string(),
      mode: z.enum(groupModes),
      rows: z.array(draftRow),
    }),
  ]),
);

/** An audience while it is being composed; all rows must hold. It may be empty, and rows may be unfinished. */
export const audienceDraft = z.strictObject({
  includeAnonymous: z.boolean(),
  rows: z.array(draftRow),
  /** Number of the next id, so that ids are given without chance and never twice. */
  nextId: z.int().positive(),
});
export type AudienceDraft = z.infer<typeof audienceDraft>;

export const emptyDraft: AudienceDraft = { includeAnonymous: false, rows: [], nextId: 1 };

/** "Did not" is the count of exactly none. */
export function isAbsence(count: EventRow["count"]): boolean {
  return count.value === 0 && count.op !== "at_least";
}
