import { dateOf } from "../audience/date";
import type { JsonObject, JsonValue } from "../event/message";
import type { PlanProperty, PropertyType } from "./definition";

/** What a property looked like in the messages that were read. */
export interface InferredProperty {
  property: PlanProperty;
  /** In how many of the messages it is. */
  seenIn: number;
  /** Its values, where they are few and come again and again; else empty. */
  values: (string | number | boolean)[];
}

const maxProperties = 200;
const maxDepth = 3;
const maxValues = 12;
/** Fewer messages say too little about what is always there. */
const enough = 5;

interface Seen {
  count: number;
  types: Map<PropertyType, number>;
  values: Map<string | number | boolean, number>;
  inside: Map<string, Seen>;
  objects: number;
  elements: Seen | undefined;
}

/**
 * What a plan would have to say for these properties of one event to be right: a property that every one of them has is
 * required, and each has the types that it was seen with.
 */
export function inferProperties(messages: readonly JsonObject[]): InferredProperty[] {
  const root = new Map<string, Seen>();
  for (const message of messages) noteMembers(root, message, 1);
  return [...root]
    .sort(([left, a], [right, b]) => b.count - a.count || (left < right ? -1 : 1))
    .map(([name, seen]) => ({
      property: propertyOf(name, seen, messages.length),
      seenIn: seen.count,
      values: repeated(seen),
    }));
}

function emptySeen(): Seen {
  return { count: 0, types: new Map(), values: new Map(), inside: new Map(), objects: 0, elements: undefined };
}

function noteMembers(into: Map<string, Seen>, object: JsonObject, depth: number): void {
  for (const [name, value] of Object.entries(object)) {
    let seen = into.get(name);
    if (seen === undefined) {
      if (into.size >= maxProperties || name === "") continue;
      seen = emptySeen();
      into.set(name, seen);
    }
    noteValue(seen, value, depth);
  }
}

function noteValue(seen: Seen, value: JsonValue, depth: number): void {
  seen.count++;
  const type = typeOf(value);
  seen.types.set(type, (seen.types.get(type) ?? 0) + 1);
  if (Array.isArray(value)) {
    seen.elements ??= emptySeen();
    for (const element of value.slice(0, 20)) noteValue(seen.elements, element, depth);
  } else if (typeof value === "object" && value !== null) {
    seen.objects++;
    if (depth < maxDepth) noteMembers(seen.inside, value, depth + 1);
  } else if (value !== null && seen.values.size <= maxValues && String(value).length <= 100) {
    seen.values.set(value, (seen.values.get(value) ?? 0) + 1);
  }
}

function typeOf(value: JsonValue): PropertyType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  switch (typeof value) {
    case "boolean":
      return "boolean";
    case "number":
      return Number.isInteger(value) ? "integer" : "number";
    case "string":
      return /^\d{4}-/.test(value) && dateOf(value, "UTC") !== undefined ? "date-time" : "string";
    default:
      return "object";
  }
}

/** Whole numbers among others are numbers, dates among other text are text. */
function typesOf({ types }: Seen): PropertyType[] {
  const found = [...types].sort(([, a], [, b]) => b - a).map(([type]) => type);
  return found.filter(
    (type) => !(type === "integer" && types.has("number")) && !(type === "date-time" && types.has("string")),
  );
}

function propertyOf(name: string, seen: Seen, of: number): PlanProperty {
  const elements = seen.elements && seen.elements.count > 0 ? seen.elements : undefined;
  return {
    name,
    ...(of >= enough && seen.count === of ? { required: true } : {}),
    types: typesOf(seen),
    ...insideOf(seen),
    ...(elements ? { items: { types: typesOf(elements), ...insideOf(elements) } } : {}),
  };
}

function insideOf({ inside, objects }: Seen): { properties?: PlanProperty[] } {
  if (inside.size === 0) return {};
  return { properties: [...inside].map(([name, seen]) => propertyOf(name, seen, objects)) };
}

/** Values that look like a list to choose from: few, each there several times. */
function repeated({ values, count, types }: Seen): (string | number | boolean)[] {
  const plain = [...types.keys()].every((type) => type === "string" || type === "integer" || type === "boolean");
  if (!plain || values.size > maxValues || count < values.size * enough) return [];
  return [...values].sort(([, a], [, b]) => b - a).map(([value]) => value);
}
