import * as z from "zod";
import {
  accountNode,
  aggregateFunctions,
  aggregateOperators,
  eventCount,
  funnelNode,
  occurrences,
} from "@/core/audience/definition";
import { units } from "@/core/duration";
import { comparisonShape, matchShape } from "./draft-match";
import { draftLength, draftWindow } from "./draft-window";

const draftAggregate = z.strictObject({
  fn: z.enum(aggregateFunctions),
  property: z.string().nullable(),
  op: z.enum(aggregateOperators),
  /** Whatever has been entered so far. */
  value: z.unknown(),
});
export type DraftAggregate = z.infer<typeof draftAggregate>;

export const eventRow = z.strictObject({
  kind: z.literal("event"),
  id: z.string(),
  ...matchShape,
  window: draftWindow,
  occurrence: z.enum(occurrences),
  /** Filters on the event that a matching occurrence has picked. */
  pickedWhere: matchShape.where,
  /** Not asked while there is an aggregate. */
  count: eventCount,
  aggregate: draftAggregate.nullable(),
});
export type EventRow = z.infer<typeof eventRow>;

const traitRow = z.strictObject({
  kind: z.literal("trait"),
  id: z.string(),
  trait: z.string().nullable(),
  ...comparisonShape,
  heldFor: draftLength.nullable(),
});
export type TraitRow = z.infer<typeof traitRow>;

const audienceRow = z.strictObject({
  kind: z.literal("audience"),
  id: z.string(),
  audienceId: z.string().nullable(),
  member: z.boolean(),
});
export type AudienceRow = z.infer<typeof audienceRow>;

const draftStep = z.strictObject({
  id: z.string(),
  ...matchShape,
  /** On the first step it says nothing, and is kept as it came. */
  within: z.strictObject({ amount: z.int().min(0), unit: z.enum(units), of: z.enum(["previous", "first"]) }).nullable(),
});
export type DraftStep = z.infer<typeof draftStep>;

const draftThenNot = z.strictObject({ id: z.string(), ...matchShape, within: draftLength.nullable() });
export type DraftThenNot = z.infer<typeof draftThenNot>;

const sequenceRow = z.strictObject({
  kind: z.literal("sequence"),
  id: z.string(),
  negated: z.boolean(),
  steps: z.array(draftStep).min(2),
  /** Bounds the first step. */
  window: draftWindow,
  thenNot: draftThenNot.nullable(),
});
export type SequenceRow = z.infer<typeof sequenceRow>;

/** People of a funnel: shown in words, and made where funnels are. */
const funnelRow = z.strictObject({ kind: z.literal("funnel"), id: z.string(), node: funnelNode });
export type FunnelRow = z.infer<typeof funnelRow>;

/** A condition on the accounts of a person that groups of rows cannot say: shown in words. */
const accountRow = z.strictObject({ kind: z.literal("account"), id: z.string(), node: accountNode });
export type AccountRow = z.infer<typeof accountRow>;

export const groupModes = ["all", "any", "none", "notAll"] as const;
export type GroupMode = (typeof groupModes)[number];

/**
 * Rows that belong together. Of an account: it belongs to one (or none) with all or any of them, where a trait is the account's,
 * and all else is asked of some person of it; "did not" is then asked of nobody there.
 */
export interface GroupRow {
  kind: "group";
  id: string;
  of?: "account" | undefined;
  mode: GroupMode;
  rows: DraftRow[];
}

/** One row of the builder: a sentence, or a group of them. `id` stays the same while the row is edited and moved. */
export type DraftRow = EventRow | TraitRow | AudienceRow | SequenceRow | FunnelRow | AccountRow | GroupRow;

const draftRow: z.ZodType<DraftRow> = z.lazy(() =>
  z.discriminatedUnion("kind", [
    eventRow,
    traitRow,
    audienceRow,
    sequenceRow,
    funnelRow,
    accountRow,
    z.strictObject({
      kind: z.literal("group"),
      id: z.string(),
      of: z.literal("account").optional(),
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
