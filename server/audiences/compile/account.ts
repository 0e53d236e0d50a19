import { groupIdTrait } from "@/core/audience/account-node";
import type { AccountPersonNode, AccountTree } from "@/core/audience/definition";
import type { TraitNode } from "@/core/audience/filter";
import { isNegative, type Moment } from "@/core/audience/operators";
import { durationMs } from "@/core/duration";
import { assertNever } from "@/core/errors";
import { bitmapLiteral } from "@/server/event-store/bitmap";
import type { NativeBlock } from "@/server/event-store/native";
import { PeopleBits } from "@/server/event-store/people-bits";
import { join, Sql, sql } from "@/server/event-store/sql";
import { positivePredicate } from "./filter";
import { breaks } from "./held-for";
import type { PeopleSet, SetReader } from "./set-reader";
import { leaf } from "./sets";
import { ofAccounts, setTraitRelation } from "./trait-relation";
import { earliestMessage, existsPredicate } from "./window";

/**
 * The sets of the people who belong to some account that fits, one for each condition, dead numbers perhaps among them; all are
 * found by one statement. `peopleWith` is the set of the live people for whom a condition on a person holds, anonymous ones
 * among them.
 */
export function peopleInAccounts(
  conditions: readonly AccountTree[],
  moment: Moment,
  peopleWith: (node: AccountPersonNode) => PeopleSet,
): PeopleSet[] {
  const found = new WeakMap<SetReader, Promise<NativeBlock[]>>();
  const key = `account:${moment.now}:${moment.timeZone}:${JSON.stringify(conditions)}`;
  return conditions.map((_, index) =>
    leaf(`${key}[${index}]`, async (reader) => {
      const rows = found.get(reader) ?? readStates(reader);
      found.set(reader, rows);
      return PeopleBits.ofStates((await rows).map((block) => block.texts(`people${index}`).bytes(0)));
    }),
  );

  async function readStates(reader: SetReader): Promise<NativeBlock[]> {
    const asked = [...new Set(conditions.flatMap(personNodes))];
    const sets = await Promise.all(asked.map((node) => reader.people(peopleWith(node))));
    const people = new Map(asked.map((node, index) => [node, sets[index]]));
    const [only, ...others] = conditions;
    if (only && others.length === 0) {
      // Where it narrows the rows down, fewer of them are read.
      const fits = accountPredicate(only, moment, people);
      return reader.rows(
        sql`SELECT CAST(groupBitmapState(profile), 'String') AS people0 FROM account_people WHERE ${existsPredicate(moment)} AND ${fits}`,
      );
    }
    const states = conditions.map(
      (condition, index) =>
        sql`CAST(groupBitmapStateIf(profile, ${accountPredicate(condition, moment, people)}), 'String') AS ${new Sql([`people${index}`])}`,
    );
    return reader.rows(sql`SELECT ${join(states)} FROM account_people WHERE ${existsPredicate(moment)}`);
  }
}

function personNodes(node: AccountTree): AccountPersonNode[] {
  switch (node.kind) {
    case "all":
    case "any":
      return node.conditions.flatMap(personNodes);
    case "not":
      return personNodes(node.condition);
    case "trait":
      return [];
    case "person":
      return [node];
    default:
      return assertNever(node);
  }
}

/** Whether the account that a row names fits, as `accountFits` of core/audience/account-node.ts says. */
function accountPredicate(
  node: AccountTree,
  moment: Moment,
  people: ReadonlyMap<AccountPersonNode, PeopleBits | undefined>,
): Sql {
  switch (node.kind) {
    case "all":
    case "any": {
      const inner = node.conditions.map((child) => accountPredicate(child, moment, people));
      return sql`(${join(inner, node.kind === "all" ? sql` AND ` : sql` OR `)})`;
    }
    case "not":
      return sql`NOT ${accountPredicate(node.condition, moment, people)}`;
    case "trait":
      return node.heldFor ? heldTrait(node, moment.now - durationMs(node.heldFor), moment) : traitFits(node, moment);
    case "person": {
      const fitting = people.get(node);
      if (!fitting || fitting.count === 0) return sql`0`;
      return sql`account IN (SELECT account FROM account_people
        WHERE ${existsPredicate(moment)} AND bitmapContains(${bitmapLiteral(fitting)}, profile))`;
    }
    default:
      return assertNever(node);
  }
}

function traitFits(node: TraitNode, moment: Moment): Sql {
  const { rows, located } =
    node.trait === groupIdTrait ? groupIdRelation(moment) : setTraitRelation(node.trait, moment, ofAccounts);
  const fits = sql`account IN (SELECT account FROM (${rows}) WHERE ${positivePredicate(node, located, moment)})`;
  return isNegative(node.op) ? sql`NOT ${fits}` : fits;
}

/** Each account with its own id as a piece of JSON, as the engine writes those that it hands out of a text. */
function groupIdRelation(moment: Moment) {
  const json = sql`JSONExtractRaw(concat('{"v":', toJSONString(account), '}'), 'v')`;
  const rows = sql`SELECT DISTINCT account, ${json} AS value FROM account_people WHERE ${existsPredicate(moment)}`;
  return { rows, located: { kind: "one" as const, piece: sql`value` } };
}

/** Fitted at `cut`, of accounts that were there by then, and not broken since. */
function heldTrait(node: TraitNode, cut: number, moment: Moment): Sql {
  if (cut < earliestMessage) return sql`0`;
  const then = { ...moment, now: cut };
  return sql`(account IN (SELECT account FROM account_people WHERE ${existsPredicate(then)})
    AND ${traitFits(node, then)} AND account NOT IN (${breaks(node, cut, moment, ofAccounts)}))`;
}
