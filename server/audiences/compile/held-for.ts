import type { TraitNode } from "@/core/audience/filter";
import { isNegative, type Moment } from "@/core/audience/operators";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { positivePredicate } from "./filter";
import { walkLists } from "./json-value";
import { statePeople } from "./set-reader";
import { ofPeople, order, type TraitOwners } from "./trait-relation";
import { boundsPredicate, existsPredicate } from "./window";

/**
 * A statement of the people whose trait came to a state later than `cut` that breaks what a condition asks for: one that does
 * not fit it. Together with who fitted at `cut` it tells for whom a condition has held since then without a break, as
 * `fitsSince` of core/audience/trait-node.ts says: a state that another message ended at the same timestamp counts, and
 * after the last one at `cut` nothing but later ones can break.
 */
export function peopleWithBreak(node: TraitNode, cut: number, moment: Moment): Sql {
  return sql`SELECT ${statePeople} FROM (${breaks(node, cut, moment, ofPeople)})`;
}

/** The same as rows of whose traits they are, each perhaps several times. */
export function breaks(node: TraitNode, cut: number, moment: Moment, { owner, changes }: TraitOwners): Sql {
  const later = boundsPredicate({ from: cut + 1, to: moment.now + 1 });
  const broken = (fits: Sql) => (isNegative(node.op) ? fits : sql`NOT ${fits}`);
  const [head, ...rest] = node.trait.split(".");
  if (head === undefined || rest.length === 0) {
    const fits = positivePredicate(node, { kind: "one", piece: sql`value` }, moment);
    return sql`SELECT ${owner} FROM ${changes}
      WHERE trait = ${param.string(node.trait)} AND ${later} AND ${broken(fits)}`;
  }
  // Once a person has a trait of the whole path's name, it hides what is inside that of its first part.
  const literal = param.string(node.trait);
  const pieces = sql`if(trait = ${literal}, [value], ${walkLists(sql`[value]`, rest)})`;
  const fits = positivePredicate(node, { kind: "some", pieces }, moment);
  return sql`SELECT ${owner} FROM (
    SELECT ${owner}, trait, timestamp, arrival, value,
      minIf(${order}, trait = ${literal}) OVER (PARTITION BY ${owner}) AS hidden_from,
      countIf(trait = ${literal}) OVER (PARTITION BY ${owner}) AS literals
    FROM ${changes} WHERE trait IN (${literal}, ${param.string(head)}) AND ${existsPredicate(moment)}
  ) WHERE ${later} AND (trait = ${literal} OR literals = 0 OR ${order} < hidden_from) AND ${broken(fits)}`;
}
