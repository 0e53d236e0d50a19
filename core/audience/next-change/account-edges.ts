import { accountLeaves } from "../account-leaves";
import { traitHistory } from "../account-node";
import type { AccountNode } from "../definition";
import type { Person } from "../person";
import type { AudiencesById } from "../references";
import { leafEdges } from "./leaf-edges";
import { accountNodesOf, type Leaf, leavesOf } from "./leaves";
import { relevantFrom } from "./relevant";

interface Asked {
  now: number;
  timeZone: string;
  audiences: AudiencesById;
}

/**
 * The moments around which the answer of a condition on accounts may change by itself: somebody comes to belong to one, a
 * trait of an account changes or has been held, or a condition on one of its people turns.
 */
export function accountEdges(node: AccountNode, { memberships = [] }: Person, asked: Asked): number[] {
  const { traits, people } = accountLeaves(node.condition);
  return memberships.flatMap(({ account, joined }) => [
    joined.timestamp,
    ...traits.flatMap((trait) => edgesOf(trait, traitHistory(account), asked)),
    ...(people.length === 0 ? [] : account.people.map((member) => member.joined.timestamp)),
    ...people.flatMap((root) => account.people.flatMap(({ person }) => personEdges({ root }, person, asked))),
  ]);
}

function personEdges(tree: Parameters<typeof leavesOf>[0], person: Person, asked: Asked): number[] {
  return [
    ...leavesOf(tree, asked.audiences).flatMap((leaf) => edgesOf(leaf, person, asked)),
    ...accountNodesOf(tree, asked.audiences).flatMap((node) => accountEdges(node, person, asked)),
  ];
}

function edgesOf(leaf: Leaf, person: Person, { now, timeZone }: Asked): number[] {
  return leafEdges(leaf, { messages: relevantFrom(now, leaf, person.messages), now, timeZone });
}
