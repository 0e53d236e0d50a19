import type * as z from "zod";

const typeWords: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  object: "an object",
  record: "an object",
  null: "null",
  date: "a date",
  undefined: "left out",
};

const formatWords: Readonly<Record<string, string>> = {
  datetime: "must be an ISO 8601 time",
  email: "must be an email address",
  url: "must be an address",
  uuid: "must be a UUID",
};

function quoted(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function size(origin: string, bound: number | bigint, few: "at least" | "at most", inclusive = true): string {
  if (origin === "string") {
    return few === "at least" && bound === 1 ? "must not be empty" : `must have ${few} ${bound} characters`;
  }
  if (origin === "array" || origin === "set") return `must have ${few} ${bound} ${bound === 1 ? "item" : "items"}`;
  if (inclusive) return `must be ${few} ${bound}`;
  return few === "at least" ? `must be greater than ${bound}` : `must be less than ${bound}`;
}

/**
 * What is wrong, as the end of a sentence that begins with the field's name: "must be a number". A schema's own message
 * comes before this one.
 */
export function plainWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return "is missing";
      return `must be ${typeWords[issue.expected] ?? issue.expected}`;
    case "too_small":
      return size(issue.origin, issue.minimum, "at least", issue.inclusive);
    case "too_big":
      return size(issue.origin, issue.maximum, "at most", issue.inclusive);
    case "invalid_value":
      if (issue.input === undefined) return "is missing";
      return issue.values.length === 1
        ? `must be ${quoted(issue.values[0])}`
        : `must be one of ${issue.values.map(quoted).join(", ")}`;
    case "invalid_format":
      return formatWords[issue.format] ?? "has the wrong form";
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}`;
    case "unrecognized_keys":
      return "is not a field of this";
    case "invalid_union":
      return issue.input === undefined ? "is missing" : "has a form that is not known";
    default:
      return "is not valid";
  }
}
