import { assertNever } from "../../errors";
import type { AccountNode, AudienceTree, EventNode, FunnelNode, SequenceNode } from "../definition";
import type { TraitNode } from "../filter";
import { type AudiencesById, audienceById } from "../references";

/** A condition that looks at a person's messages itself. */
export type Leaf = EventNode | TraitNode | SequenceNode | FunnelNode;

/** Every such condition of a definition and of the audiences that it refers to, each audience's once. */
export function leavesOf({ root }: { root: AudienceTree }, audiences: AudiencesById): Leaf[] {
  return endsOf(root, audiences).flatMap((node) => (node.kind === "account" ? [] : [node]));
}

/** Every condition on accounts of the same; those within are asked of others. */
export function accountNodesOf({ root }: { root: AudienceTree }, audiences: AudiencesById): AccountNode[] {
  return endsOf(root, audiences).flatMap((node) => (node.kind === "account" ? [node] : []));
}

function endsOf(root: AudienceTree, audiences: AudiencesById): (Leaf | AccountNode)[] {
  const seen = new Set<string>();
  return visit(root);

  function visit(node: AudienceTree): (Leaf | AccountNode)[] {
    switch (node.kind) {
      case "all":
      case "any":
        return node.conditions.flatMap(visit);
      case "not":
        return visit(node.condition);
      case "audience":
        return visitAudience(node.audienceId);
      case "funnel": {
        const { breakdown } = node.funnel;
        return [node, ...(breakdown && "audienceId" in breakdown ? visitAudience(breakdown.audienceId) : [])];
      }
      case "event":
      case "trait":
      case "sequence":
      case "account":
        return [node];
      default:
        return assertNever(node);
    }
  }
  function visitAudience(audienceId: string): (Leaf | AccountNode)[] {
    if (seen.has(audienceId)) return [];
    seen.add(audienceId);
    return visit(audienceById(audiences, { audienceId, path: "root" }).definition.root);
  }
}
