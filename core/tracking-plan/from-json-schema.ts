import { AppError } from "../errors";
import { parseInput } from "../parse-input";
import {
  type PlanDefinition,
  type PlanItem,
  type PlanProperty,
  type PlanRule,
  planDefinition,
  propertyTypes,
} from "./definition";
import { compilePattern } from "./pattern";
import { type RuleSchema, ruleSchemas } from "./segment-rules";

/** Something that a JSON Schema asks for and a plan cannot check. */
interface LeftOut {
  /** Where it stands: `Order Completed: total.multipleOf`. */
  path: string;
  reason: string;
}

export interface ReadPlan {
  definition: PlanDefinition;
  leftOut: LeftOut[];
}

type Fields = Record<string, unknown>;
type Leave = (keyword: string, reason: string) => void;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string";
const types: ReadonlySet<unknown> = new Set(propertyTypes);
const isType = (value: unknown): value is (typeof propertyTypes)[number] => types.has(value);
const isScalar = (value: unknown) => value === null || ["string", "number", "boolean"].includes(typeof value);

/** Keywords that ask nothing of a value. */
const notes = new Set([
  "$schema",
  "$id",
  "id",
  "$comment",
  "title",
  "description",
  "default",
  "examples",
  "labels",
  "key",
]);

/**
 * Reads a plan: as Foothold writes it, or as rules of a tracking plan of Segment (its Public API's `rules`, or the older
 * `rules.events`, `identify`, `group`). What a schema asks for and a plan cannot check is left out, and told.
 * Errors: `invalid` for what is no plan.
 */
export function readPlan(input: unknown): ReadPlan {
  if (isFields(input) && input.version === 1 && Array.isArray(input.rules) && !input.rules.some(hasSchema)) {
    return { definition: parseInput(planDefinition, input, "The plan"), leftOut: [] };
  }
  const leftOut: LeftOut[] = [];
  const found = ruleSchemas(input, (path, reason) => leftOut.push({ path, reason }));
  if (found === undefined) {
    throw new AppError(
      "invalid",
      "This is no tracking plan. It must be one that was exported here, or have the rules of a tracking plan of Segment.",
    );
  }
  const rules = found.map((rule) =>
    ruleOf(rule, (path, reason) => leftOut.push({ path: `${rule.event ?? rule.type}: ${path}`, reason })),
  );
  return { definition: parseInput(planDefinition, { version: 1, rules }, "The plan"), leftOut };
}

const hasSchema = (rule: unknown) => isFields(rule) && "jsonSchema" in rule;

function ruleOf({ type, event, schema }: RuleSchema, leave: (path: string, reason: string) => void): PlanRule {
  const member = type === "identify" || type === "group" ? "traits" : "properties";
  const members = isFields(schema.properties) ? schema.properties : {};
  for (const [name, inner] of Object.entries(members)) {
    if (name === member || (isFields(inner) && Object.keys(inner).every((key) => notes.has(key) || key === "type")))
      continue;
    leave(name, "only properties and traits are checked");
  }
  const values = isFields(members[member]) ? members[member] : {};
  for (const [where, keys] of [
    ["", leftOver(schema, ["type", "properties", "required"])],
    [`${member}.`, leftOver(values, ["type", "properties", "required", "additionalProperties"])],
  ] as const) {
    for (const key of keys) leave(`${where}${key}`, "is not checked");
  }
  return {
    type,
    ...(event === undefined ? {} : { event }),
    ...descriptionOf(schema),
    properties: propertiesOf(values, "", leave),
    ...(values.additionalProperties === false ? { unplannedProperties: "violation" as const } : {}),
  };
}

function leftOver(schema: Fields, known: readonly string[]): string[] {
  return Object.keys(schema).filter((key) => !notes.has(key) && !known.includes(key));
}

function descriptionOf({ description }: Fields): { description?: string } {
  return isText(description) && description !== "" ? { description: description.slice(0, 2_000) } : {};
}

function propertiesOf(schema: Fields, under: string, leave: (path: string, reason: string) => void): PlanProperty[] {
  const required = new Set(Array.isArray(schema.required) ? schema.required.filter(isText) : []);
  const members = isFields(schema.properties) ? schema.properties : {};
  const names = new Set([...Object.keys(members), ...required]);
  return [...names].map((name) => {
    const inner = members[name];
    const path = `${under}${name}`;
    const fields = isFields(inner) ? inner : {};
    if (inner === false) leave(path, "a property that must not be there cannot be said");
    const items = isFields(fields.items) ? fields.items : undefined;
    if (fields.items !== undefined && items === undefined)
      leave(`${path}.items`, "one schema for all elements is needed");
    return {
      name,
      ...descriptionOf(fields),
      ...(required.has(name) ? { required: true } : {}),
      ...itemOf(fields, path, ["items"], leave),
      ...(items ? { items: itemOf(items, `${path}[]`, [], leave) } : {}),
    };
  });
}

function itemOf(
  schema: Fields,
  path: string,
  known: readonly string[],
  leave: (path: string, reason: string) => void,
): PlanItem {
  const leaveHere: Leave = (keyword, reason) => leave(`${path}.${keyword}`, reason);
  const item: PlanItem = { ...typesOf(schema, leaveHere), ...allowedOf(schema, leaveHere) };
  if (isText(schema.pattern)) {
    const compiled = compilePattern(schema.pattern);
    if (typeof compiled === "function") item.pattern = schema.pattern;
    else leaveHere("pattern", compiled.problem);
  }
  if (typeof schema.minimum === "number") item.minimum = schema.minimum;
  if (typeof schema.maximum === "number") item.maximum = schema.maximum;
  if (isFields(schema.properties) || Array.isArray(schema.required)) {
    item.properties = propertiesOf(schema, `${path}.`, leave);
  }
  const read = ["type", "format", "enum", "const", "pattern", "minimum", "maximum", "properties", "required", ...known];
  for (const key of leftOver(schema, read)) {
    if (key === "additionalProperties" && schema[key] !== false) continue;
    leaveHere(key, "is not checked");
  }
  return item;
}

function typesOf(schema: Fields, leave: Leave): Pick<PlanItem, "types"> {
  const listed = Array.isArray(schema.type) ? schema.type : schema.type === undefined ? [] : [schema.type];
  const isDate = schema.format === "date-time" || schema.format === "date";
  if (schema.format !== undefined && !isDate) leave("format", "is not checked");
  const named = listed.map((type) => (type === "string" && isDate ? "date-time" : type)).filter(isType);
  // "any" is how some plans write that nothing is asked.
  for (const type of listed) if (type !== "any" && !isType(type)) leave("type", `${JSON.stringify(type)} is no type`);
  return named.length === 0 || listed.includes("any") ? {} : { types: [...new Set(named)] };
}

function allowedOf(schema: Fields, leave: Leave): Pick<PlanItem, "values"> {
  const listed = Array.isArray(schema.enum) ? schema.enum : "const" in schema ? [schema.const] : [];
  const values = listed.filter((value): value is string | number | boolean | null => isScalar(value));
  if (values.length < listed.length) leave("enum", "lists and objects among the values are not compared");
  return values.length === 0 || values.length < listed.length ? {} : { values: [...new Set(values)] };
}
