import type { AudienceDefinition, AudienceTree } from "../audience/definition";
import type { FunnelDefinition } from "./definition";

type Limits = Pick<FunnelDefinition, "audienceId" | "definition" | "includeAnonymous">;

/** The conditions that `audienceId` and `definition` put on who is counted; none when everybody is. */
export function countedConditions({ audienceId, definition }: Limits): AudienceTree[] {
  const conditions: AudienceTree[] = [];
  if (audienceId !== undefined) conditions.push({ kind: "audience", audienceId, member: true });
  // The conditions of an `all` stand for themselves, so that a definition of the greatest depth stays within it.
  if (definition) conditions.push(...(definition.root.kind === "all" ? definition.root.conditions : [definition.root]));
  return conditions;
}

/** Whether anonymous people are counted: a definition that leaves them out leaves them out of the funnel too. */
export function countsAnonymous({ definition, includeAnonymous = false }: Limits): boolean {
  return includeAnonymous && (definition === undefined || definition.includeAnonymous === true);
}

/** Who is counted, as a definition; null for every candidate. */
export function countedDefinition(funnel: Limits): AudienceDefinition | null {
  const conditions = countedConditions(funnel);
  if (conditions.length === 0) return null;
  return { version: 1, root: { kind: "all", conditions }, includeAnonymous: countsAnonymous(funnel) };
}
