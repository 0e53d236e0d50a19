import { type RuleType, ruleTypes } from "./definition";

/** A rule of a plan of Segment, with the JSON Schema of a whole message. */
export interface RuleSchema {
  type: RuleType;
  event?: string;
  schema: Record<string, unknown>;
}

type Fields = Record<string, unknown>;
type Leave = (path: string, reason: string) => void;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/**
 * The rules in what Segment's Public API answers (`rules`, also inside `data`), or in the older form (`rules.events`,
 * `identify`, `group`). Undefined where there are none in either form. Of several versions of an event the newest is taken.
 */
export function ruleSchemas(input: unknown, leave: Leave): RuleSchema[] | undefined {
  const body = isFields(input) && isFields(input.data) ? input.data : input;
  const rules = Array.isArray(body) ? body : isFields(body) ? body.rules : undefined;
  if (Array.isArray(rules))
    return newest(
      rules.filter(isFields).flatMap((rule) => publicRule(rule, leave)),
      leave,
    );
  if (isFields(rules)) return newest(olderRules(rules, leave), leave);
  return undefined;
}

type Versioned = RuleSchema & { version: number };

function publicRule(rule: Fields, leave: Leave): Versioned[] {
  const type = ruleTypes.find((known) => known === textOf(rule.type).toLowerCase());
  const name = textOf(rule.key);
  if (type === undefined || !isFields(rule.jsonSchema)) {
    leave(
      name || textOf(rule.type) || "a rule",
      "only rules of track, page, screen, identify and group can be checked",
    );
    return [];
  }
  return versioned(type, name, rule.jsonSchema, rule.version, leave);
}

function olderRules(rules: Fields, leave: Leave): Versioned[] {
  const events = Array.isArray(rules.events) ? rules.events.filter(isFields) : [];
  const tracked = events.flatMap(({ name, version, rules: schema, description }) => {
    const whole = isFields(schema) ? { ...(description === undefined ? {} : { description }), ...schema } : {};
    return versioned("track", textOf(name), whole, version, leave);
  });
  const traits = (["identify", "group"] as const).flatMap((type) => {
    const schema = rules[type];
    if (!isFields(schema) || Object.keys(schema).length === 0) return [];
    return versioned(type, "", schema, 1, leave);
  });
  if (isFields(rules.global) && isFields(rules.global.properties) && Object.keys(rules.global.properties).length > 0) {
    leave("global", "a rule for all calls at once cannot be checked; say it in the rule of each event");
  }
  return [...tracked, ...traits];
}

function versioned(type: RuleType, name: string, schema: Fields, version: unknown, leave: Leave): Versioned[] {
  const isNamed = type === "track" || type === "page" || type === "screen";
  const event = isNamed && name !== "" ? name : undefined;
  if (type === "track" && event === undefined) {
    leave("a rule", "a track rule needs the name of its event");
    return [];
  }
  return [
    { type, ...(event === undefined ? {} : { event }), schema, version: typeof version === "number" ? version : 1 },
  ];
}

function newest(rules: readonly Versioned[], leave: Leave): RuleSchema[] {
  const kept = new Map<string, Versioned>();
  for (const rule of rules) {
    const key = `${rule.type} ${rule.event ?? ""}`;
    const other = kept.get(key);
    if (other)
      leave(rule.event ?? rule.type, `has several versions; version ${Math.max(rule.version, other.version)} is taken`);
    if (other === undefined || rule.version > other.version) kept.set(key, rule);
  }
  return [...kept.values()].map(({ version: _, ...rule }) => rule);
}
