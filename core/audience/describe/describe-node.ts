import { assertNever } from "../../errors";
import type { AudienceDefinition, AudienceNode, AudienceTree } from "../definition";
import { isReservedTrait, type ReservedTrait, type TraitNode } from "../filter";
import type { DescribeContext } from "./describe-context";
import { eventPhrases, sequencePhrases } from "./event-phrases";
import { funnelPhrases } from "./funnel-phrases";
import { durationPhrase } from "./number-words";
import { comparisonPhrases } from "./operator-words";
import { absence, name, type Phrase, readBackAs, words } from "./phrase";

/**
 * One node with all that it holds, as one sentence. Conditions of a group are told apart by ", and" and ", or", a group
 * within another node stands in brackets, so that a sentence has one reading.
 */
export function nodePhrases(node: AudienceTree, context: DescribeContext): Phrase[] {
  switch (node.kind) {
    case "all":
    case "any":
      return groupPhrases(node, context);
    case "not":
      return [absence("not"), words("("), ...nodePhrases(node.condition, context), words(")")];
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
    default:
      return assertNever(node);
  }
}

function groupPhrases(
  { kind, conditions }: Extract<AudienceTree, { kind: "all" | "any" }>,
  context: DescribeContext,
): Phrase[] {
  const only = conditions.length === 1 ? conditions[0] : undefined;
  if (only) return [words(`${kind} of`), words("("), ...nodePhrases(only, context), words(")")];
  return conditions.flatMap((condition, index) => [
    ...(index === 0 ? [] : [words(kind === "all" ? ", and" : ", or")]),
    ...bracketed(condition, context),
  ]);
}

/** A group within a group in brackets. */
function bracketed(node: AudienceTree, context: DescribeContext): Phrase[] {
  const phrases = nodePhrases(node, context);
  const joins = (node.kind === "all" || node.kind === "any") && node.conditions.length > 1;
  return joins ? [words("("), ...phrases, words(")")] : phrases;
}

function traitPhrases(node: TraitNode, { timeZone }: DescribeContext): Phrase[] {
  const held = node.heldFor ? [words("for at least"), durationPhrase(node.heldFor)] : [];
  return [...traitName(node.trait), ...comparisonPhrases(node, timeZone), ...held];
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
