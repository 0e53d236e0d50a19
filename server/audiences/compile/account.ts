import { groupIdTrait } from "@/core/audience/account-node";
import type { AccountNode, AccountPersonNode, AccountTree } from "@/core/audience/definition";
import type { TraitNode } from "@/core/audience/filter";
import { isNegative, type Moment } from "@/core/audience/operators";
import { durationMs } from "@/core/duration";
import { assertNever } from "@/core/errors";
import { bitmapLiteral } from "@/server/event-store/bitmap";
import type { PeopleBits } from "@/server/event-store/people-bits";
import { join, type Sql, sql } from "@/server/event-store/sql";
import { positivePredicate } from "./filter";
import { breaks } from "./held-for";
import { type PeopleSet, statePeople } from "./set-reader";
import { leaf } from "./sets";
import { ofAccounts, setTraitRelation } from "./trait-relation";
import { earliestMessage, existsPredicate } from "./window";

/**
 * The set of the people who belong to some account that fits, dead numbers perhaps among them. `peopleWith` is the set of the live
 * people for whom a condition on a person holds, anonymous ones among them.
 */
export function peopleInAccount(
  { condition }: AccountNode,
  moment: Moment,
  peopleWith: (node: AccountPersonNode) => PeopleSet,
): PeopleSet {
  const key = `account:${moment.now}:${moment.timeZone}:${JSON.stringify(condition)}`;
  return leaf(key, async (reader) => {
    const asked = personNodes(condition);
    const found = await Promise.all(asked.map((node) => reader.people(peopleWith(node))));
    const people = new Map(asked.map((node, index) => [node, found[index]]));
    const fits = accountPredicate(condition, moment, people);
    return reader.states(sql`SELECT ${statePeople} FROM account_people WHERE ${existsPredicate(moment)} AND ${fits}`);
  });
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
