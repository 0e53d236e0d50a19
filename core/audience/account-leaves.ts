import { assertNever } from "../errors";
import type { AccountTree, AudienceDefinition, AudienceTree } from "./definition";
import type { TraitNode } from "./filter";
import { accountNodesOf } from "./next-change/leaves";
import type { AudiencesById } from "./references";

/** What a condition asks of an account itself, and of the people who belong to it. */
interface AccountLeaves {
  traits: TraitNode[];
  people: AudienceTree[];
}

export function accountLeaves(node: AccountTree): AccountLeaves {
  switch (node.kind) {
    case "all":
    case "any": {
      const inner = node.conditions.map(accountLeaves);
      return { traits: inner.flatMap(({ traits }) => traits), people: inner.flatMap(({ people }) => people) };
    }
    case "not":
      return accountLeaves(node.condition);
    case "trait":
      return { traits: [node], people: [] };
    case "person":
      return { traits: [], people: [node.condition] };
    default:
      return assertNever(node);
  }
}

/**
 * Whether a person's answer may change by a message of somebody else, for it asks of their accounts. Such a definition's answer
 * is that of a person for as long as neither they nor anybody with whom they share an account (or who shares one with those,
 * and so on, up to `accountDepth` times) is heard of.
 */
export function dependsOnOthers(definition: AudienceDefinition, audiences: AudiencesById): boolean {
  return accountNodesOf(definition, audiences).length > 0;
}

/** How many times a definition goes from a person to their accounts and on to the people there. */
export function accountDepth({ root }: { root: AudienceTree }, audiences: AudiencesById): number {
  const depths = accountNodesOf({ root }, audiences).map(({ condition }) => {
    const inner = accountLeaves(condition).people.map((person) => accountDepth({ root: person }, audiences));
    return 1 + Math.max(0, ...inner);
  });
  return Math.max(0, ...depths);
}
