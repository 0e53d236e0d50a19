import type { TraitGroup } from "@/core/api/audience-insight";
import type { AudienceDefinition, AudienceTree } from "@/core/audience/definition";

type TraitValue = TraitGroup["value"];

/** A value of a trait as people read it: text as it is, the rest as JSON. */
export function traitValueWords(value: TraitValue): string {
  if (value === null) return "no value";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The people of a definition who have this value of a trait; null where no condition says so exactly, as for lists. */
export function withTraitValue(
  definition: AudienceDefinition,
  trait: string,
  value: TraitValue,
): AudienceDefinition | null {
  const condition = conditionOf(trait, value);
  if (condition === null) return null;
  const { root } = definition;
  const conditions = root.kind === "all" ? [...root.conditions, condition] : [root, condition];
  return { ...definition, root: { kind: "all", conditions } };
}

function conditionOf(trait: string, value: TraitValue): AudienceTree | null {
  if (value === null) return { kind: "trait", trait, op: "not_exists" };
  if (typeof value === "object") return null;
  return { kind: "trait", trait, op: "equals", value };
}
