import { assertNever } from "../../errors";
import type { AccountNode, AudienceTree, EventNode, FunnelNode, SequenceNode } from "../definition";
import type { TraitNode } from "../filter";
import { type AudiencesById, audienceById } from "../references";

/** A condition that looks at a person's messages itself. */
export type Leaf = EventNode | TraitNode | SequenceNode | FunnelNode;

/** Every such condition of a definition and of the audiences that it refers to, each audience's once. */
export function leavesOf({ root }: { root: AudienceTree }, audiences: AudiencesById): readonly Leaf[] {
  return endsIn(root, audiences).leaves;
}

/** Every condition on accounts of the same; those within are asked of others. */
export function accountNodesOf({ root }: { root: AudienceTree }, audiences: AudiencesById): readonly AccountNode[] {
  return endsIn(root, audiences).accounts;
}

interface Ends {
  readonly audiences: AudiencesById;
  readonly leaves: readonly Leaf[];
  readonly accounts: readonly AccountNode[];
}

/** What was found last: the same definition is asked of many people among the same audiences. */
const found = new WeakMap<AudienceTree, Ends>();

function endsIn(root: AudienceTree, audiences: AudiencesById): Ends {
  const known = found.get(root);
  if (known?.audiences === audiences) return known;
  const all = endsOf(root, audiences);
  const ends = {
    audiences,
    leaves: all.filter((node) => node.kind !== "account"),
    accounts: all.filter((node) => node.kind === "account"),
  };
  found.set(root, ends);
  return ends;
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
