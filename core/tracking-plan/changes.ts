import type { PlanDefinition, PlanItem, PlanProperty, PlanRule } from "./definition";
import { typesWords, valuesWords } from "./words";

/** One thing that differs between two versions of a plan. */
export interface PlanChange {
  kind: "added" | "removed" | "changed";
  /** A sentence without its full stop. */
  text: string;
}

/** What was added, removed and changed between two versions of a plan, in words. Order is no change. */
export function planChanges(before: PlanDefinition, after: PlanDefinition): PlanChange[] {
  const old = new Map(before.rules.map((rule) => [ruleName(rule), rule]));
  const next = new Map(after.rules.map((rule) => [ruleName(rule), rule]));
  return [
    ...[...next].flatMap(([name, rule]): PlanChange[] => {
      const was = old.get(name);
      if (was === undefined) return [{ kind: "added", text: `${name}, with ${properties(rule.properties.length)}` }];
      return ruleChanges(name, was, rule);
    }),
    ...[...old.keys()].filter((name) => !next.has(name)).map((name): PlanChange => ({ kind: "removed", text: name })),
  ];
}

/** What a rule is called: its event, or the call that it is for. */
export function ruleName({ type, event }: Pick<PlanRule, "type" | "event">): string {
  if (type === "track") return event ?? "track";
  return event === undefined
    ? { identify: "User traits", group: "Group traits", page: "Pages", screen: "Screens" }[type]
    : `${type} ${event}`;
}

function properties(count: number): string {
  return `${count} ${count === 1 ? "property" : "properties"}`;
}

function changed(text: string): PlanChange {
  return { kind: "changed", text };
}

const enforcementWords = { mark: "taken and marked", drop: "taken without what is wrong", block: "held back" } as const;

function ruleChanges(name: string, before: PlanRule, after: PlanRule): PlanChange[] {
  const changes: PlanChange[] = [];
  if ((before.description ?? "") !== (after.description ?? "")) changes.push(changed(`${name}: its description`));
  if (before.onViolation !== after.onViolation) {
    const what = after.onViolation ? `are ${enforcementWords[after.onViolation]}` : "are treated as their source says";
    changes.push(changed(`${name}: messages with violations ${what}`));
  }
  if ((before.unplannedProperties ?? "allow") !== (after.unplannedProperties ?? "allow")) {
    const are = after.unplannedProperties === "violation" ? "are violations" : "are allowed";
    changes.push(changed(`${name}: properties that are not in the plan ${are}`));
  }
  return [...changes, ...propertyChanges(`${name}: `, before.properties, after.properties)];
}

function propertyChanges(under: string, before: readonly PlanProperty[], after: readonly PlanProperty[]): PlanChange[] {
  const old = new Map(before.map((property) => [property.name, property]));
  const names = new Set(after.map(({ name }) => name));
  return [
    ...after.flatMap((property): PlanChange[] => {
      const was = old.get(property.name);
      const at = `${under}${property.name}`;
      if (was === undefined) return [{ kind: "added", text: `${at}, ${propertyWords(property)}` }];
      return [
        ...(was.description === property.description ? [] : [changed(`${at}, its description`)]),
        ...(propertyWords(was) === propertyWords(property)
          ? []
          : [changed(`${at} is ${propertyWords(property)}, was ${propertyWords(was)}`)]),
        ...propertyChanges(`${at}.`, was.properties ?? [], property.properties ?? []),
        ...itemChanges(`${at}[]`, was.items, property.items),
      ];
    }),
    ...before
      .filter(({ name }) => !names.has(name))
      .map(({ name }): PlanChange => ({ kind: "removed", text: `${under}${name}` })),
  ];
}

function itemChanges(at: string, before: PlanItem = {}, after: PlanItem = {}): PlanChange[] {
  const [was, is] = [valueRuleWords(before), valueRuleWords(after)];
  return [
    ...(was === is ? [] : [changed(`${at} is ${is}, was ${was}`)]),
    ...propertyChanges(`${at}.`, before.properties ?? [], after.properties ?? []),
  ];
}

function propertyWords(property: PlanProperty): string {
  return `${property.required ? "required, " : ""}${valueRuleWords(property)}`;
}

/** What a value must be: "text, one of "a" or "b"", "a number, at least 1". */
export function valueRuleWords({ types, values, pattern, minimum, maximum }: PlanItem): string {
  const parts = [types ? typesWords(types) : "anything"];
  if (values) parts.push(`one of ${valuesWords(values)}`);
  if (pattern !== undefined) parts.push(`fitting ${pattern}`);
  if (minimum !== undefined) parts.push(`at least ${minimum}`);
  if (maximum !== undefined) parts.push(`at most ${maximum}`);
  return parts.join(", ");
}
