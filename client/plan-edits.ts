import { type PlanDefinition, type PlanProperty, type PlanRule, ruleKey } from "@/core/tracking-plan/definition";

/** Which rule is meant, across edits of its name. */
export function keyOfRule({ type, event }: Pick<PlanRule, "type" | "event">): string {
  return ruleKey(type, event ?? "");
}

/** The plan with these rules; one of the same name and type is replaced. */
export function withRules(plan: PlanDefinition, rules: readonly PlanRule[]): PlanDefinition {
  const added = new Map(rules.map((rule) => [keyOfRule(rule), rule]));
  const kept = plan.rules.map((rule) => {
    const replaced = added.get(keyOfRule(rule));
    added.delete(keyOfRule(rule));
    return replaced ?? rule;
  });
  return { ...plan, rules: [...kept, ...added.values()] };
}

/** The plan with a rule in place of the one that is meant, or without that one. */
export function replaceRule(plan: PlanDefinition, key: string, rule: PlanRule | null): PlanDefinition {
  return {
    ...plan,
    rules: plan.rules.flatMap((old) => (keyOfRule(old) === key ? (rule === null ? [] : [rule]) : [old])),
  };
}

/** The plan with one property more in a rule: what was seen of it, not required. */
export function withProperty(plan: PlanDefinition, key: string, property: PlanProperty): PlanDefinition {
  const rule = plan.rules.find((old) => keyOfRule(old) === key);
  if (rule === undefined || rule.properties.some(({ name }) => name === property.name)) return plan;
  return replaceRule(plan, key, { ...rule, properties: [...rule.properties, property] });
}
