import type { AudienceDefinition, AudienceTree } from "@/core/audience/definition";

/** Of a definition's people those for whom one more condition holds; the tree becomes no deeper where it can. */
export function withCondition(definition: AudienceDefinition, condition: AudienceTree): AudienceDefinition {
  const { root } = definition;
  const conditions = root.kind === "all" ? [...root.conditions, condition] : [root, condition];
  return { ...definition, root: { kind: "all", conditions } };
}
