import { keyOf, pairsOf, withoutPairs } from "../pair-up";
import type { AudienceDefinition, AudienceTree } from "./definition";
import type { DescribeContext } from "./describe/describe-context";
import { nodePhrases } from "./describe/describe-node";
import { sentenceText } from "./describe/phrase";
import { normalForm } from "./normal-form";

/** One thing that differs between two definitions. */
export interface Change {
  kind: "added" | "removed" | "changed";
  /** "added: did "A" ever", "changed: … to …"; for what lies in a group, led by "in any of (…), ". */
  text: string;
}

type Group = Extract<AudienceTree, { kind: "all" | "any" }>;

/**
 * What was added, removed and changed between two definitions, in words. Order within a group and defaults that are
 * written out are no change.
 */
export function describeChanges(
  before: AudienceDefinition,
  after: AudienceDefinition,
  context: DescribeContext,
): Change[] {
  const [old, next] = [normalForm(before), normalForm(after)];
  return [...anonymousChanges(old, next), ...rootChanges(old.root, next.root, context)];
}

function anonymousChanges(before: AudienceDefinition, after: AudienceDefinition): Change[] {
  if (before.includeAnonymous === after.includeAnonymous) return [];
  const kind = after.includeAnonymous ? "added" : "removed";
  return [{ kind, text: `${kind}: anonymous visitors` }];
}

/** A root that is one condition is compared as the only one of a group. */
function rootChanges(before: AudienceTree, after: AudienceTree, context: DescribeContext): Change[] {
  const [old, next] = [groupOf(before, after), groupOf(after, before)];
  if (old.kind !== next.kind) {
    const same = old.conditions.length > 1 && next.conditions.length > 1;
    if (!same) return [changed(before, after, context)];
    const held = `changed: ${kindWords(old)} to ${kindWords(next)}`;
    return [{ kind: "changed", text: held }, ...listChanges(old.conditions, next.conditions, "", context)];
  }
  return listChanges(old.conditions, next.conditions, "", context);
}

function groupOf(node: AudienceTree, other: AudienceTree): Group {
  if (node.kind === "all" || node.kind === "any") return node;
  return { kind: other.kind === "any" ? "any" : "all", conditions: [node] };
}

function kindWords({ kind }: Group): string {
  return kind === "all" ? "all of the conditions" : "any of the conditions";
}

/** What changed in a list of conditions, whatever their order; `place` leads each change. */
function listChanges(
  before: readonly AudienceTree[],
  after: readonly AudienceTree[],
  place: string,
  context: DescribeContext,
): Change[] {
  const [gone, come] = withoutPairs(before, after, keyOf);
  const pairs = pairsOf(gone, come, subjectOf);
  const changes = pairs.flatMap(([old, next]) => nodeChanges(old, next, place, context));
  const [removed, added] = withoutPairs(gone, come, subjectOf);
  return [
    ...removed.map((node) => one("removed", node, place, context)),
    ...changes,
    ...added.map((node) => one("added", node, place, context)),
  ];
}

function nodeChanges(before: AudienceTree, after: AudienceTree, place: string, context: DescribeContext): Change[] {
  if ((before.kind === "all" || before.kind === "any") && before.kind === after.kind) {
    const inside = `${place}in ${before.kind} of (${sentence(before, context)}), `;
    return listChanges(before.conditions, after.conditions, inside, context);
  }
  const change = changed(before, after, context);
  return [{ ...change, text: place + change.text }];
}

function one(kind: "added" | "removed", node: AudienceTree, place: string, context: DescribeContext): Change {
  return { kind, text: `${place}${kind}: ${sentence(node, context)}` };
}

function changed(before: AudienceTree, after: AudienceTree, context: DescribeContext): Change {
  return { kind: "changed", text: `changed: ${sentence(before, context)} to ${sentence(after, context)}` };
}

function sentence(node: AudienceTree, context: DescribeContext): string {
  return sentenceText(nodePhrases(node, context));
}

/** What a condition is about: two of one subject are taken for one that was changed. */
function subjectOf(node: AudienceTree): string {
  switch (node.kind) {
    case "event":
      return keyOf(["event", node.event, node.type]);
    case "trait":
      return keyOf(["trait", node.trait]);
    case "audience":
      return keyOf(["audience", node.audienceId]);
    case "not":
      return `not ${subjectOf(node.condition)}`;
    default:
      return node.kind;
  }
}
