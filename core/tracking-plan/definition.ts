import * as z from "zod";
import { compilePattern, maxPatternLength } from "./pattern";

/** The calls that a plan can say something about. */
export const ruleTypes = ["track", "page", "screen", "identify", "group"] as const;
export type RuleType = (typeof ruleTypes)[number];

/** JSON Schema's types, and `date-time`: text that is an ISO 8601 time or date. */
export const propertyTypes = [
  "string",
  "number",
  "integer",
  "boolean",
  "date-time",
  "array",
  "object",
  "null",
] as const;
export type PropertyType = (typeof propertyTypes)[number];

/** What happens to a message that violates its rule: it is taken and marked, taken without what is wrong, or held back. */
export const enforcements = ["mark", "drop", "block"] as const;
export type Enforcement = (typeof enforcements)[number];

/** How deep properties of properties may lie. */
const maxDepth = 5;
const maxRules = 2_000;
const maxProperties = 500;
const maxNameLength = 500;
const maxDescriptionLength = 2_000;

const scalar = z.union([z.string().max(1_000), z.number(), z.boolean(), z.null()]);
export type PlanScalar = z.infer<typeof scalar>;

const pattern = z
  .string()
  .min(1)
  .max(maxPatternLength)
  .superRefine((text, context) => {
    const compiled = compilePattern(text);
    if (typeof compiled !== "function") context.addIssue({ code: "custom", message: compiled.problem });
  });

const valueShape = {
  /** One of these; any where it is left out. */
  types: z.array(z.enum(propertyTypes)).min(1).max(propertyTypes.length).optional(),
  /** One of these values. */
  values: z.array(scalar).min(1).max(1_000).optional(),
  /** For text: a regular expression that fits somewhere in it. */
  pattern: pattern.optional(),
  /** For numbers, inclusive. */
  minimum: z.number().optional(),
  maximum: z.number().optional(),
};
const plainValue = z.strictObject(valueShape);

/** What a value must be, each part where it is said. */
export interface PlanItem extends z.infer<typeof plainValue> {
  /** Of an object. */
  properties?: PlanProperty[];
}

/** A property of an event, a trait, or a property of an object among them. */
export interface PlanProperty extends PlanItem {
  name: string;
  description?: string;
  required?: boolean;
  /** What each element of a list must be. */
  items?: PlanItem;
}

const inside = z.lazy(() => z.array(planProperty).max(maxProperties).optional());

const planItem: z.ZodType<PlanItem> = z.strictObject({ ...valueShape, properties: inside }).meta({ id: "PlanItem" });

const planProperty: z.ZodType<PlanProperty> = z
  .strictObject({
    name: z.string().min(1).max(maxNameLength),
    description: z.string().max(maxDescriptionLength).optional(),
    required: z.boolean().optional(),
    ...valueShape,
    properties: inside,
    items: planItem.optional(),
  })
  .meta({ id: "PlanProperty" });

export const planRule = z
  .strictObject({
    type: z.enum(ruleTypes),
    /** Name of the event, page or screen. A page or screen rule without one is for those that have no rule of their own. */
    event: z.string().min(1).max(1_000).optional(),
    description: z.string().max(maxDescriptionLength).optional(),
    /** Traits of an identify or group, properties of the others. */
    properties: z.array(planProperty).max(maxProperties),
    /** Whether a property that is not named here is a violation; `allow` where it is left out. */
    unplannedProperties: z.enum(["allow", "violation"]).optional(),
    /** Goes before what the source says. */
    onViolation: z.enum(enforcements).optional(),
  })
  .meta({ id: "PlanRule" });
export type PlanRule = z.infer<typeof planRule>;

/** What is expected of messages: the tracking plan of a workspace. */
export const planDefinition = z
  .strictObject({ version: z.literal(1), rules: z.array(planRule).max(maxRules) })
  .superRefine(({ rules }, context) => {
    const known = new Set<string>();
    rules.forEach((rule, index) => {
      const fault = (path: PropertyKey[], message: string) =>
        context.addIssue({ code: "custom", path: ["rules", index, ...path], message });
      const isNamed = rule.type !== "identify" && rule.type !== "group";
      if (rule.type === "track" && rule.event === undefined) fault(["event"], "is needed for a track rule");
      if (!isNamed && rule.event !== undefined)
        fault(["event"], `is not possible with ${rule.type}, which has no name`);
      const key = ruleKey(rule.type, rule.event ?? "");
      if (known.has(key)) fault(["event"], `has a rule already; there can be one rule for each name and type`);
      known.add(key);
      checkProperties(rule.properties, ["properties"], 1, fault);
    });
  })
  .meta({ id: "TrackingPlan" });
export type PlanDefinition = z.infer<typeof planDefinition>;

/** A plan that expects nothing. */
export const emptyPlan: PlanDefinition = { version: 1, rules: [] };

/** Type and name of a rule as one text. */
export function ruleKey(type: RuleType, event: string): string {
  return `${type} ${event}`;
}

type Fault = (path: PropertyKey[], message: string) => void;

function checkProperties(properties: readonly PlanProperty[], path: PropertyKey[], depth: number, fault: Fault): void {
  const names = new Set<string>();
  properties.forEach((property, index) => {
    const at = [...path, index];
    if (names.has(property.name)) fault([...at, "name"], "is there twice");
    names.add(property.name);
    checkValue(property, at, depth, fault);
    if (property.items) checkValue(property.items, [...at, "items"], depth, fault);
  });
}

function checkValue(value: PlanItem, at: PropertyKey[], depth: number, fault: Fault): void {
  const { minimum, maximum, properties } = value;
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    fault([...at, "maximum"], "must not be below the minimum");
  }
  if (properties === undefined) return;
  if (depth === maxDepth) fault([...at, "properties"], `may lie at most ${maxDepth} levels deep`);
  else checkProperties(properties, [...at, "properties"], depth + 1, fault);
}
