import { isReservedTrait, type TraitNode } from "@/core/audience/filter";
import { type Moment, positiveOf } from "@/core/audience/operators";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { positivePredicate } from "./filter";
import type { Sets } from "./sets";
import { order, traitRelation } from "./trait-relation";
import { existsPredicate } from "./window";

/**
 * Bitmap of the people for whom the trait's last value at `now` fits its operator, or the operator that it negates.
 * Whoever never had the trait is not among them.
 */
export function peopleWithTrait(node: TraitNode, moment: Moment, sets: Sets): Sql {
  if (!isReservedTrait(node.trait) && !node.trait.includes(".")) return withPlainTrait(node, moment, sets);
  const { rows, located } = traitRelation(node.trait, moment);
  return sql`(SELECT groupBitmapState(profile) FROM (${rows}) WHERE ${positivePredicate(node, located, moment)})`;
}

/** What a set of `peopleWithTrait` is named by: the same for an operator and its negation. */
export function traitKey({ op, heldFor: _, ...rest }: TraitNode, { now }: Moment): string {
  return `${positiveOf(op)}:${now}:${JSON.stringify(rest)}`;
}

/**
 * Most people have had but one value that matters: all of theirs fit, or none does. Only for those who have had both kinds
 * is the last one looked for, which costs several times as much for each row; where there are none, nothing is read.
 */
function withPlainTrait(node: TraitNode, moment: Moment, sets: Sets): Sql {
  const key = traitKey(node, moment);
  const rows = sql`FROM trait_changes WHERE trait = ${param.string(node.trait)} AND ${existsPredicate(moment)}`;
  const fits = positivePredicate(node, { kind: "one", piece: sql`value` }, moment);
  const kinds = sets.named(
    `trait kinds:${key}`,
    () => sql`(SELECT (groupBitmapStateIf(profile, fits), groupBitmapStateIf(profile, NOT fits))
      FROM (SELECT profile, ${fits} AS fits ${rows}))`,
  );
  const [fitting, other] = [sql`${kinds}.1`, sql`${kinds}.2`];
  const both = sets.and(fitting, other);
  const lastFits = sets.named(
    `trait last:${key}`,
    () => sql`(SELECT groupBitmapState(profile) FROM (
      SELECT profile, argMax(value, ${order}) AS value
      ${rows} AND bitmapCardinality(${both}) > 0 AND bitmapContains(${both}, profile) GROUP BY profile
    ) WHERE ${fits})`,
  );
  return sets.or(sets.without(fitting, other), lastFits);
}
