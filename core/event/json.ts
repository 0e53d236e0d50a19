import * as z from "zod";
import type { JsonObject, JsonValue } from "./message";

/** Any value of JSON. */
export const jsonValue: z.ZodType<JsonValue> = z.json();

/** The value that a text of JSON stands for, every key of it its own. Errors: a SyntaxError. */
export function parseJson(text: string): JsonValue {
  return JSON.parse(text);
}

/** The same of a text that must be an object. Errors: also a TypeError. */
export function parseJsonObject(text: string): JsonObject {
  const value = parseJson(text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new TypeError(`JSON that must be an object begins with ${text.slice(0, 20)}`);
}
