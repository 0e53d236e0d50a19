import * as z from "zod";
import { duration } from "../duration";

/** What a filter may be compared with. */
export const scalar = z.union([z.string().max(10_000), z.number(), z.boolean()]);
export type Scalar = z.infer<typeof scalar>;

const scalars = z.array(scalar).min(1).max(1_000);
const text = z.string().min(1).max(10_000);
const number = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/, "must be a number")]);
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
    z.strictObject({ ...target, op: z.enum(operatorsByOperand.number), value: number }),
    z.strictObject({ ...target, op: z.enum(operatorsByOperand.range), value: z.tuple([number, number]) }),
    z.strictObject({ ...target, op: z.enum(operatorsByOperand.moment), value: moment }),
    z.strictObject({ ...target, op: z.enum(operatorsByOperand.duration), value: duration }),
  ]);
}

const path = z.string().min(1).max(500);

const comparison = comparisons({});
export type Comparison = z.infer<typeof comparison>;

/** A filter on one event: on its properties or on its context. All filters of a `where` hold on the same event. */
export const eventFilter = z.union([comparisons({ property: path }), comparisons({ context: path })]);
export type EventFilter = z.infer<typeof eventFilter>;

/** A condition on a person's trait at `now`. */
export const traitNode = comparisons({ kind: z.literal("trait"), trait: path });
export type TraitNode = z.infer<typeof traitNode>;
