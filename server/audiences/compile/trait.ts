import type { TraitNode } from "@/core/audience/filter";
import type { Moment } from "@/core/audience/operators";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { positivePredicate } from "./filter";
import { walkLists } from "./json-value";
import { boundsPredicate } from "./window";

/** Order as one number, which is faster to compare than a pair. */
const order = sql`(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(timestamp)), 64) + arrival)`;

/**
 * Subquery of the people for whom the trait's last value at `now` fits its operator, or the operator that it negates.
 * Whoever never had the trait is not among them.
 */
export function peopleWithTrait(node: TraitNode, moment: Moment): Sql {
  const exists = boundsPredicate({ from: -Infinity, to: moment.now + 1 });
  const [head = node.trait, ...rest] = node.trait.split(".");
  const literal = param.string(node.trait);
  if (rest.length === 0) {
    const fits = positivePredicate(node, { kind: "one", piece: sql`value` }, moment);
    return sql`(SELECT groupBitmapState(profile) FROM (
      SELECT profile, argMax(value, ${order}) AS value
      FROM trait_changes WHERE trait = ${literal} AND ${exists} GROUP BY profile
    ) WHERE ${fits})`;
  }
  const pieces = sql`if(has_literal, [literal], ${walkLists(sql`[outer_value]`, rest)})`;
  const fits = positivePredicate(node, { kind: "some", pieces }, moment);
  return sql`(SELECT groupBitmapState(profile) FROM (
    SELECT profile, countIf(trait = ${literal}) > 0 AS has_literal,
      argMaxIf(value, ${order}, trait = ${literal}) AS literal,
      argMaxIf(value, ${order}, trait = ${param.string(head)}) AS outer_value
    FROM trait_changes WHERE trait IN (${literal}, ${param.string(head)}) AND ${exists} GROUP BY profile
  ) WHERE ${fits})`;
}
