import { isReservedTrait } from "@/core/audience/filter";
import type { Moment } from "@/core/audience/operators";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { type Located, walkLists } from "./json-value";
import { reservedTraitRows } from "./reserved-trait";
import { existsPredicate } from "./window";

/** Order as one number, which is faster to compare than a pair. */
export const order = sql`(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(timestamp)), 64) + arrival)`;

/** Rows with the `profile` of everybody who has or may have a trait at `now`, and where its values stand in them. */
interface TraitRelation {
  rows: Sql;
  located: Located;
}

/** Whose traits they are: the column that names them, and the table with each value that was set. */
export interface TraitOwners {
  owner: Sql;
  changes: Sql;
}

export const ofPeople: TraitOwners = { owner: sql`profile`, changes: sql`trait_changes` };
export const ofAccounts: TraitOwners = { owner: sql`account`, changes: sql`account_traits` };

/** The values of a trait at `now`, person by person, as `traitValues` of core/audience/trait-values.ts finds them. */
export function traitRelation(trait: string, moment: Moment): TraitRelation {
  if (isReservedTrait(trait)) return { rows: reservedTraitRows(trait, moment), located: value };
  return setTraitRelation(trait, moment, ofPeople);
}

/** The same of traits that were set, by their owners: of a path with dots some owners may be in it who have no value. */
export function setTraitRelation(trait: string, moment: Moment, owners: TraitOwners): TraitRelation {
  const { owner, changes } = owners;
  const [head, ...rest] = trait.split(".");
  if (head === undefined || rest.length === 0) {
    const rows = sql`SELECT ${owner}, argMax(value, ${order}) AS value FROM (
      SELECT ${owner}, timestamp, arrival, value FROM ${changes}
      WHERE trait = ${param.string(trait)} AND ${existsPredicate(moment)}) GROUP BY ${owner}`;
    return { rows, located: value };
  }
  return traitInside(trait, head, rest, moment, owners);
}

const value: Located = { kind: "one", piece: sql`value` };

/** At a path with dots: under its literal name where a person has such a trait, else inside the trait of its first part. */
function traitInside(
  trait: string,
  head: string,
  rest: readonly string[],
  moment: Moment,
  { owner, changes }: TraitOwners,
): TraitRelation {
  const literal = param.string(trait);
  const rows = sql`SELECT ${owner}, countIf(trait = ${literal}) > 0 AS has_literal,
      argMaxIf(value, ${order}, trait = ${literal}) AS literal,
      argMaxIf(value, ${order}, trait = ${param.string(head)}) AS outer_value
    FROM ${changes} WHERE trait IN (${literal}, ${param.string(head)}) AND ${existsPredicate(moment)} GROUP BY ${owner}`;
  const pieces = sql`if(has_literal, [literal], ${walkLists(sql`[outer_value]`, rest)})`;
  return { rows, located: { kind: "some", pieces } };
}
