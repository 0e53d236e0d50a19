import { assertNever } from "../../errors";
import type { AudienceDefinition, AudienceTree, EventNode, SequenceNode } from "../definition";
import type { TraitNode } from "../filter";
import { type AudiencesById, audienceById } from "../references";

/** A condition that looks at a person's messages itself. */
export type Leaf = EventNode | TraitNode | SequenceNode;

/** Every such condition of a definition and of the audiences that it refers to, each audience's once. */
export function leavesOf(definition: AudienceDefinition, audiences: AudiencesById): Leaf[] {
  const seen = new Set<string>();
  return visit(definition.root);

  function visit(node: AudienceTree): Leaf[] {
    switch (node.kind) {
      case "all":
      case "any":
        return node.conditions.flatMap(visit);
      case "not":
        return visit(node.condition);
      case "audience": {
        if (seen.has(node.audienceId)) return [];
        seen.add(node.audienceId);
        return visit(audienceById(audiences, { audienceId: node.audienceId, path: "root" }).definition.root);
      }
      case "event":
      case "trait":
      case "sequence":
        return [node];
      default:
        return assertNever(node);
    }
  }
}
