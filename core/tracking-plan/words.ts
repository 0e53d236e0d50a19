import type { JsonValue } from "../event/message";
import type { PlanScalar, PropertyType } from "./definition";

const typeNames: Readonly<Record<PropertyType, string>> = {
  string: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  "date-time": "a date",
  array: "a list",
  object: "an object",
  null: "null",
};

/** "text", "a number or null". */
export function typesWords(types: readonly PropertyType[]): string {
  return orList(types.map((type) => typeNames[type]));
}

/** "a, b or c". */
function orList(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** What a value is, for a sentence: `the text "49"`, "the number 49", "a list". */
export function valueWords(value: JsonValue): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "string":
      return `the text ${shown(value)}`;
    case "number":
      return `the number ${value}`;
    case "boolean":
      return String(value);
    default:
      return "an object";
  }
}

/** The values, the first few of many. */
export function valuesWords(values: readonly PlanScalar[]): string {
  const few = values.slice(0, 6).map(shown);
  const more = values.length - few.length;
  return more > 0 ? `${few.join(", ")} or ${more} more` : orList(few);
}

function shown(value: PlanScalar): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
