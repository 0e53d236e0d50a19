import { isReservedTrait, type TraitNode } from "@/core/audience/filter";
import { type Moment, positiveOf } from "@/core/audience/operators";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { positivePredicate } from "./filter";
import { number } from "./period-rows";
import { peopleSeen } from "./seen";
import type { Sets } from "./sets";
import { order, traitRelation } from "./trait-relation";
import { existsPredicate } from "./window";

/**
 * The set of the people for whom the trait's last value at `now` fits its operator, or the operator that it negates.
 * Whoever never had the trait is not among them.
 */
export function peopleWithTrait(node: TraitNode, moment: Moment, sets: Sets): Sql {
  const seen = node.trait === "$first_seen" || node.trait === "$last_seen" ? peopleSeen(node, moment, sets) : undefined;
  if (seen) return seen;
  if (!isReservedTrait(node.trait) && !node.trait.includes(".")) return withPlainTrait(node, moment, sets);
  return sets.leaf(`trait:${traitKey(node, moment)}`, (n) => {
    const { rows, located } = traitRelation(node.trait, moment);
    const fits = positivePredicate(node, located, moment);
    return [sql`SELECT ${number(n)} AS n, groupBitmapState(profile) AS people FROM (${rows}) WHERE ${fits}`];
  });
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
  return sets.leaf(`trait:${key}`, (n) => {
    const atHand = sets.value(`values at hand:${moment.now}:${node.trait}`, () => valuesAtHand(node.trait, moment));
    // Who has had none but values that fit, and who has had both kinds.
    const kinds = sets.value(
      `trait kinds:${key}`,
      () => sql`(SELECT (bitmapAndnot(fitting, other), bitmapAnd(fitting, other)) FROM (
        SELECT groupBitmapMergeStateIf(people, fits) AS fitting, groupBitmapMergeStateIf(people, NOT fits) AS other FROM (
          SELECT ${fits} AS fits, people FROM trait_values WHERE trait = ${param.string(node.trait)} AND ${atHand}
          UNION ALL SELECT ${fits} AS fits, groupBitmapState(profile) AS people ${rows} AND NOT ${atHand} GROUP BY fits)))`,
    );
    return [
      sql`SELECT ${number(n)} AS n, ${kinds}.1 AS people`,
      sql`SELECT ${number(n)} AS n, groupBitmapState(profile) AS people FROM (
        SELECT profile, argMax(value, ${order}) AS value
        ${rows} AND bitmapCardinality(${kinds}.2) > 0 AND bitmapContains(${kinds}.2, profile) GROUP BY profile
      ) WHERE ${fits}`,
    ];
  });
}

/** More values than this are not worth going through one by one. */
const fewValues = 2_000;

/** Scalar subquery: whether a trait has so few values that they say who has had which, and none of them is later than `now`. */
function valuesAtHand(trait: string, { now }: Moment): Sql {
  return sql`(SELECT count() <= ${number(fewValues)} AND max(last_at) <= ${param.moment(now)}
    FROM (SELECT last_at FROM trait_values WHERE trait = ${param.string(trait)} LIMIT ${number(fewValues + 1)}))`;
}
