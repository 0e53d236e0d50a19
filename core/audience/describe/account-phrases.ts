import { assertNever } from "../../errors";
import { groupIdTrait } from "../account-node";
import type { AccountNode, AccountTree, AudienceTree } from "../definition";
import type { TraitNode } from "../filter";
import { bracketed, groupPhrases, isGroup, notPhrases } from "./group-phrases";
import { comparisonPhrases, heldPhrases } from "./operator-words";
import { name, type Phrase, words } from "./phrase";

/** How an account's own id is called. */
export const groupIdWords = "account id";

interface Told {
  timeZone: string;
  /** The words of a condition on one of the account's people. */
  person: (node: AudienceTree) => Phrase[];
}

/** belongs to an account where (trait plan is trial, and some person (did Invite Sent ever)) */
export function accountPhrases({ condition }: AccountNode, told: Told): Phrase[] {
  return [words("belongs to an account where"), ...bracketed(accountConditionPhrases(condition, told))];
}

/** What is asked of the account alone. */
export function accountConditionPhrases(node: AccountTree, told: Told): Phrase[] {
  switch (node.kind) {
    case "all":
    case "any":
      return groupPhrases(node, isGroup, (child) => accountConditionPhrases(child, told));
    case "not":
      return notPhrases(accountConditionPhrases(node.condition, told));
    case "trait":
      return [...traitName(node), ...comparisonPhrases(node, told.timeZone), ...heldPhrases(node)];
    case "person":
      return [words("some person"), ...bracketed(told.person(node.condition))];
    default:
      return assertNever(node);
  }
}

function traitName({ trait }: TraitNode): Phrase[] {
  return trait === groupIdTrait ? [words(groupIdWords)] : [words("trait"), name(trait)];
}
