import * as z from "zod";
import { duration } from "../duration";

/** A key, or keys with dots between them. */
export const path = z.string().min(1).max(500);

/** What a filter may be compared with. */
export const scalar = z.union([z.string().max(10_000), z.number(), z.boolean()]);
export type Scalar = z.infer<typeof scalar>;

const scalars = z.array(scalar).min(1).max(1_000);
const text = z.string().min(1).max(10_000);
/** A number, or text that is wholly a decimal number. */
export const numericOperand = z.union([
  z.number(),
  z.string().regex(/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/, "must be a number"),
]);
/** ISO 8601 text, or epoch seconds or milliseconds. */
const moment = z.union([z.string().min(1).max(100), z.number()]);

/** Every operator by the kind of value that it takes. The meaning of each stands in docs/semantics.md. */
export const operatorsByOperand = {
  none: ["exists", "not_exists"],
  scalar: ["equals", "not_equals"],
  scalars: ["equals_any", "equals_none"],
  text: ["contains", "not_contains", "starts_with", "ends_with"],
  number: ["gt", "gte", "lt", "lte"],
  range: ["between"],
  moment: ["before", "after"],
  duration: ["within_last", "more_than_ago", "within_next", "more_than_from_now"],
} as const;

export type Operand = keyof typeof operatorsByOperand;
export type Operator = (typeof operatorsByOperand)[Operand][number];
export const operators = Object.values(operatorsByOperand).flat() as readonly Operator[];

/** The comparison of a filter: an operator with the value that it takes. */
function comparisons<Target extends z.ZodRawShape>(target: Target) {
  return z.discriminatedUnion("op", [
    z.strictObject({ ...target, op: z.enum(operatorsByOperand.none) }),
    z.strictObject({ ...target, op: z.enum(operatorsByOperand.scalar), value: scalar }),
    z.strictObject({ ...target, op: z.enum(operatorsByOperand.scalars), value: scalars }),
    z.strictObject({ ...target, op: z.enum(operatorsByOperand.text), value: text }),
    z.strictObject({ ...target, op: z.enum(operatorsByOperand.number), value: numericOperand }),
    z.strictObject({
      ...target,
      op: z.enum(operatorsByOperand.range),
      value: z.tuple([numericOperand, numericOperand]),
    }),
    z.strictObject({ ...target, op: z.enum(operatorsByOperand.moment), value: moment }),
    z.strictObject({ ...target, op: z.enum(operatorsByOperand.duration), value: duration }),
  ]);
}

const comparison = comparisons({});
export type Comparison = z.infer<typeof comparison>;

/** A filter on one event: on its properties or on its context. All filters of a `where` hold on the same event. */
export const eventFilter = z.union([comparisons({ property: path }), comparisons({ context: path })]);
export type EventFilter = z.infer<typeof eventFilter>;

/** Names that stand for what is known of a person besides their traits. */
export const reservedTraits = ["$first_seen", "$last_seen", "$user_id", "$anonymous_id"] as const;
export type ReservedTrait = (typeof reservedTraits)[number];

export function isReservedTrait(trait: string): trait is ReservedTrait {
  return reservedTraits.some((reserved) => reserved === trait);
}

/** A condition on a person's trait at `now`; with `heldFor`, one that has held without a break for at least so long. */
export const traitNode = comparisons({ kind: z.literal("trait"), trait: path, heldFor: duration.optional() });
export type TraitNode = z.infer<typeof traitNode>;
