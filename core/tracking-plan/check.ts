import type { JsonObject, MessageType } from "../event/message";
import { compileProperties } from "./compile-value";
import { type Enforcement, type PlanDefinition, type PlanRule, type RuleType, ruleKey, ruleTypes } from "./definition";
import type { Violation } from "./violation";

/** How many violations of one message are told. */
const maxViolations = 20;

interface CompiledRule {
  readonly rule: PlanRule;
  /** What is wrong with these properties or traits. */
  check(values: JsonObject): Violation[];
}

/** A plan made ready to check messages; made once for each version. */
export interface CompiledPlan {
  readonly rules: ReadonlyMap<string, CompiledRule>;
  /** The calls that the plan says anything about: of others nothing is expected. */
  readonly types: ReadonlySet<MessageType>;
}

export function compilePlan({ rules }: PlanDefinition): CompiledPlan {
  return {
    rules: new Map(rules.map((rule) => [ruleKey(rule.type, rule.event ?? ""), compileRule(rule)])),
    types: new Set(rules.map(({ type }) => type)),
  };
}

function compileRule(rule: PlanRule): CompiledRule {
  const check = compileProperties(rule.properties, rule.unplannedProperties !== "violation");
  return {
    rule,
    check(values) {
      const found: Violation[] = [];
      check(values, { path: "", drop: [] }, (violation) => {
        if (found.length < maxViolations) found.push(violation);
      });
      return found;
    },
  };
}

const none: readonly Violation[] = [];
const planned: ReadonlySet<MessageType> = new Set(ruleTypes);
const isRuleType = (type: MessageType): type is RuleType => planned.has(type);

export interface CheckedMessage {
  readonly violations: readonly Violation[];
  /** What its own rule asks for; absent where it leaves that to the source, or where there is no rule. */
  readonly onViolation?: Enforcement | undefined;
}

/**
 * What is wrong with a message by the plan. Of a call that the plan says nothing about (no rule for any page, say) nothing is
 * expected.
 */
export function checkMessage(plan: CompiledPlan, type: MessageType, event: string, values: JsonObject): CheckedMessage {
  if (!isRuleType(type) || !plan.types.has(type)) return { violations: none };
  const compiled =
    plan.rules.get(ruleKey(type, event)) ??
    (type === "page" || type === "screen" ? plan.rules.get(ruleKey(type, "")) : undefined);
  if (compiled === undefined) return { violations: [unplannedEvent(type, event)] };
  return { violations: compiled.check(values), onViolation: compiled.rule.onViolation };
}

function unplannedEvent(type: RuleType, event: string): Violation {
  const name = event === "" ? `A ${type} without a name` : `${event}`;
  return { kind: "unplanned_event", property: "", message: `${name} is not in the plan.` };
}
