import { assertNever } from "../../errors";
import type { AudienceDefinition, AudienceNode, AudienceTree } from "../definition";
import { isReservedTrait, type ReservedTrait, type TraitNode } from "../filter";
import { accountPhrases } from "./account-phrases";
import type { DescribeContext } from "./describe-context";
import { eventPhrases, sequencePhrases } from "./event-phrases";
import { funnelPhrases } from "./funnel-phrases";
import { groupPhrases, isGroup, notPhrases } from "./group-phrases";
import { comparisonPhrases, heldPhrases } from "./operator-words";
import { absence, name, type Phrase, readBackAs, words } from "./phrase";

/** One node with all that it holds, as one sentence. */
export function nodePhrases(node: AudienceTree, context: DescribeContext): Phrase[] {
  switch (node.kind) {
    case "all":
    case "any":
      return groupPhrases(node, isGroup, (child) => nodePhrases(child, context));
    case "not":
      return notPhrases(nodePhrases(node.condition, context));
    case "event":
      return eventPhrases(node, context);
    case "sequence":
      return sequencePhrases(node, context);
    case "trait":
      return traitPhrases(node, context);
    case "audience":
      return audiencePhrases(node, context);
    case "funnel":
      return readBackAs(`funnel ${JSON.stringify(JSON.stringify(node))}`, funnelPhrases(node, context));
    case "account":
      return accountPhrases(node, { ...context, person: (inner) => nodePhrases(inner, context) });
    default:
      return assertNever(node);
  }
}

function traitPhrases(node: TraitNode, { timeZone }: DescribeContext): Phrase[] {
  return [...traitName(node.trait), ...comparisonPhrases(node, timeZone), ...heldPhrases(node)];
}

/** What is known of a person besides their traits, as it is called. */
export const reservedTraitWords = {
  $first_seen: "first seen",
  $last_seen: "last seen",
  $user_id: "user id",
  $anonymous_id: "anonymous id",
} as const satisfies Record<ReservedTrait, string>;

function traitName(trait: string): Phrase[] {
  return isReservedTrait(trait) ? [words(reservedTraitWords[trait])] : [words("trait"), name(trait)];
}

function audiencePhrases({ audienceId, member }: AudienceNode, context: DescribeContext): Phrase[] {
  const called = context.audienceName(audienceId);
  return [
    member ? words("is in") : absence("is not in"),
    called === undefined ? name("another audience", `audience ${JSON.stringify(audienceId)}`) : name(called),
  ];
}

/** A whole definition as one sentence: "Known people: did Account Created more than 2 days ago, and trait plan is trial." */
export function definitionPhrases({ root, includeAnonymous }: AudienceDefinition, context: DescribeContext): Phrase[] {
  return [
    words(includeAnonymous ? "Known people and anonymous visitors:" : "Known people:"),
    ...nodePhrases(root, context),
    words("."),
  ];
}
