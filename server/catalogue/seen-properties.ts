import type { SeenProperty } from "@/core/api/catalogue";
import type { JsonObject, JsonValue } from "@/core/event/message";

type SeenType = SeenProperty["types"][number];

const maxExamples = 5;
const maxExampleLength = 200;
const maxDepth = 6;
const maxNames = 1_000;
const isoDate = /^\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:?\d{2})?)?$/;

function typeOf(value: JsonValue): SeenType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  switch (typeof value) {
    case "string":
      return isoDate.test(value) ? "date" : "text";
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    default:
      return "object";
  }
}

/** Gathers the names, types and examples of what stands in objects; nested names by their dots, as a path finds them. */
export class SeenProperties {
  readonly #seen = new Map<string, { types: Set<SeenType>; examples: Map<string, JsonValue> }>();

  add(object: JsonObject): void {
    for (const [name, value] of Object.entries(object)) this.#note(name, value, 1);
  }

  /** A value at a name of its own, such as a trait's. */
  addValue(name: string, value: JsonValue): void {
    this.#note(name, value, 1);
  }

  /** By name. */
  list(): SeenProperty[] {
    return [...this.#seen]
      .map(([name, { types, examples }]) => ({ name, types: [...types].sort(), examples: [...examples.values()] }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  #note(name: string, value: JsonValue, depth: number): void {
    if (typeof value === "object" && value !== null && depth < maxDepth) {
      const objects = (Array.isArray(value) ? value : [value]).filter(isObject);
      for (const object of objects) {
        for (const [key, inner] of Object.entries(object)) this.#note(`${name}.${key}`, inner, depth + 1);
      }
      // An object is found by what is in it; only an empty one has nothing else to be found by.
      if (!Array.isArray(value) && Object.keys(value).length > 0) return;
    }
    let seen = this.#seen.get(name);
    if (seen === undefined) {
      if (this.#seen.size >= maxNames) return;
      seen = { types: new Set(), examples: new Map() };
      this.#seen.set(name, seen);
    }
    seen.types.add(typeOf(value));
    for (const example of Array.isArray(value) ? value : [value]) {
      if (seen.examples.size >= maxExamples) return;
      if (example === null || typeof example === "object" || String(example).length > maxExampleLength) continue;
      seen.examples.set(JSON.stringify(example), example);
    }
  }
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
