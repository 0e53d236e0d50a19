import type { Comparison } from "@/core/audience/filter";
import type { JsonObject, JsonValue } from "@/core/event/message";
import { define, identify, now, type SemanticCase, track } from "./case";

/** Every value under a name, asked as a property, as a trait, and in the negative. */
function cases(
  says: string,
  comparison: Comparison,
  values: Record<string, JsonValue | undefined>,
  fits: readonly string[],
): SemanticCase[] {
  const has = (value: JsonValue | undefined): JsonObject => (value === undefined ? {} : { v: value });
  const each = <Sent>(make: (value: JsonValue | undefined) => Sent) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [make(value)]]));
  return [
    {
      says: `${says} (property)`,
      definition: define({ kind: "event", where: [{ property: "v", ...comparison }] }),
      people: each((value) => track("A", now, has(value))),
      in: fits,
    },
    {
      says: `${says} (trait)`,
      definition: define({ kind: "trait", trait: "v", ...comparison }),
      people: each((value) => identify(has(value))),
      in: fits,
    },
    {
      says: `${says} (trait, nested)`,
      definition: define({ kind: "trait", trait: "outer.v", ...comparison }),
      people: each((value) => identify({ outer: has(value) })),
      in: fits,
    },
    {
      says: `${says} (in a list of objects)`,
      definition: define({ kind: "event", where: [{ property: "items.v", ...comparison }] }),
      people: each((value) => track("A", now, { items: [{ other: 1 }, has(value)] })),
      in: fits,
    },
  ];
}

/** A comparison, and its negation of which exactly the others must be. */
function pair(
  says: string,
  positive: Comparison,
  negative: Comparison,
  values: Record<string, JsonValue | undefined>,
  fits: readonly string[],
): SemanticCase[] {
  const others = Object.keys(values).filter((name) => !fits.includes(name));
  return [...cases(says, positive, values, fits), ...cases(`not: ${says}`, negative, values, others)];
}

const missing = { absent: undefined, nothing: null, blank: "", empty: [] };

export const filters: readonly SemanticCase[] = [
  ...pair(
    "exists: not missing, which is absent, null, empty text or an empty list",
    { op: "exists" },
    { op: "not_exists" },
    { ...missing, zero: 0, no: false, text: "x", list: [null], object: {} },
    ["zero", "no", "text", "list", "object"],
  ),
  ...pair(
    "equals text: same type and value, case-sensitive; on a list some element",
    { op: "equals", value: "trial" },
    { op: "not_equals", value: "trial" },
    {
      ...missing,
      same: "trial",
      capital: "Trial",
      longer: "trials",
      among: ["a", "trial"],
      deeper: [["trial"]],
      object: { trial: "trial" },
    },
    ["same", "among"],
  ),
  ...pair(
    "equals with a text operand does not match a number",
    { op: "equals", value: "5" },
    { op: "not_equals", value: "5" },
    { ...missing, text: "5", number: 5, decimal: "5.0" },
    ["text"],
  ),
  ...pair(
    "equals with a number operand also matches numeric text",
    { op: "equals", value: 5 },
    { op: "not_equals", value: 5 },
    {
      ...missing,
      number: 5,
      text: "5",
      decimal: "5.0",
      power: "0.5e1",
      six: 6,
      spaced: " 5",
      word: "five",
      plus: "+5",
      yes: true,
      among: ["x", "5"],
    },
    ["number", "text", "decimal", "power", "among"],
  ),
  ...pair(
    "equals true is of the same type",
    { op: "equals", value: true },
    { op: "not_equals", value: true },
    { ...missing, yes: true, no: false, text: "true", one: 1, among: [false, true] },
    ["yes", "among"],
  ),
  ...pair(
    "equals one of a list",
    { op: "equals_any", value: ["a", 2, false] },
    { op: "equals_none", value: ["a", 2, false] },
    { ...missing, a: "a", b: "b", two: 2, twoText: "2", no: false, noText: "false", among: ["z", "a"] },
    ["a", "two", "twoText", "no", "among"],
  ),
  ...pair(
    "contains: text, case-insensitive; on a list of texts some element equals",
    { op: "contains", value: "PRO" },
    { op: "not_contains", value: "PRO" },
    {
      ...missing,
      inside: "the Pro plan",
      lower: "pro",
      among: ["x", "pRo"],
      part: ["the pro plan"],
      number: 5,
      split: "p ro",
    },
    ["inside", "lower", "among"],
  ),
  ...pair(
    "contains: lower case is Unicode's, and a final sigma is a sigma",
    { op: "contains", value: "ΟΔΟΣ" },
    { op: "not_contains", value: "ΟΔΟΣ" },
    { capital: "Η ΟΔΟΣ", small: "οδος", medial: "οδοσήμανση", other: "odos" },
    ["capital", "small", "medial"],
  ),
  ...cases(
    "starts_with: case-insensitive, false when not text",
    { op: "starts_with", value: "Ab" },
    { ...missing, begins: "abc", same: "AB", later: "cab", number: 1, among: ["x", "abc"] },
    ["begins", "same", "among"],
  ),
  ...cases(
    "ends_with: case-insensitive, false when not text",
    { op: "ends_with", value: "@Example.COM" },
    { ...missing, ends: "a@example.com", other: "a@example.com.org", number: 1 },
    ["ends"],
  ),
  ...cases(
    "gt: missing or not a number is false",
    { op: "gt", value: 5 },
    {
      ...missing,
      more: 5.01,
      same: 5,
      less: -6,
      text: "6",
      power: "1e1",
      word: "six",
      yes: true,
      among: [1, 9],
      big: 1e300,
    },
    ["more", "text", "power", "among", "big"],
  ),
  ...cases("gte takes the number itself", { op: "gte", value: "5" }, { same: 5, text: "5.0", less: 4.999 }, [
    "same",
    "text",
  ]),
  ...cases("lt: missing is not less", { op: "lt", value: 5 }, { ...missing, less: -6, text: "-6", same: 5, zero: 0 }, [
    "less",
    "text",
    "zero",
  ]),
  ...cases("lte takes the number itself", { op: "lte", value: 0.1 }, { same: 0.1, text: "0.10", more: 0.11 }, [
    "same",
    "text",
  ]),
  ...cases(
    "between is inclusive",
    { op: "between", value: [1, 3] },
    { ...missing, low: 1, high: 3, text: "2", below: 0.99, above: 3.01, among: [0, 2] },
    ["low", "high", "text", "among"],
  ),
];
