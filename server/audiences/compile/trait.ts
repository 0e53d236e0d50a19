import type { TraitNode } from "@/core/audience/filter";
import { type Moment, positiveOf } from "@/core/audience/operators";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { positivePredicate } from "./filter";
import { walkLists } from "./json-value";
import type { Sets } from "./sets";
import { boundsPredicate } from "./window";

/** Order as one number, which is faster to compare than a pair. */
const order = sql`(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(timestamp)), 64) + arrival)`;

/**
 * Bitmap of the people for whom the trait's last value at `now` fits its operator, or the operator that it negates.
 * Whoever never had the trait is not among them.
 */
export function peopleWithTrait(node: TraitNode, moment: Moment, sets: Sets): Sql {
  const exists = boundsPredicate({ from: -Infinity, to: moment.now + 1 });
  const [head, ...rest] = node.trait.split(".");
  return head === undefined || rest.length === 0
    ? withPlainTrait(node, moment, exists, sets)
    : withTraitInside(node, [head, ...rest], moment, exists);
}

/**
 * Most people have had but one value that matters: all of theirs fit, or none does. Only for those who have had both kinds
 * is the last one looked for, which costs several times as much for each row; where there are none, nothing is read.
 */
function withPlainTrait(node: TraitNode, moment: Moment, exists: Sql, sets: Sets): Sql {
  const { op: _, ...rest } = node;
  const key = `${positiveOf(node.op)}:${JSON.stringify(rest)}`;
  const rows = sql`FROM trait_changes WHERE trait = ${param.string(node.trait)} AND ${exists}`;
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

/** At a path with dots: under its literal name where a person has such a trait, else inside the trait of its first part. */
function withTraitInside(node: TraitNode, [head, ...rest]: [string, ...string[]], moment: Moment, exists: Sql): Sql {
  const literal = param.string(node.trait);
  const pieces = sql`if(has_literal, [literal], ${walkLists(sql`[outer_value]`, rest)})`;
  const fits = positivePredicate(node, { kind: "some", pieces }, moment);
  return sql`(SELECT groupBitmapState(profile) FROM (
    SELECT profile, countIf(trait = ${literal}) > 0 AS has_literal,
      argMaxIf(value, ${order}, trait = ${literal}) AS literal,
      argMaxIf(value, ${order}, trait = ${param.string(head)}) AS outer_value
    FROM trait_changes WHERE trait IN (${literal}, ${param.string(head)}) AND ${exists} GROUP BY profile
  ) WHERE ${fits})`;
}
