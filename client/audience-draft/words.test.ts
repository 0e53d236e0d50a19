import { describe, expect, it } from "vitest";
import { operandFor } from "@/core/audience/describe/operator-words";
import { operators } from "@/core/audience/filter";
import { valueForOperator } from "./operator-words";

describe("the value when the operator changes", () => {
  it.each([
    ["not_equals", "equals", "trial", "trial"],
    ["equals_any", "equals", "trial", ["trial"]],
    ["equals", "equals_any", ["trial", "free"], "trial"],
    ["contains", "equals", 10, "10"],
    ["gte", "equals", "trial", null],
    ["gte", "equals", 10, 10],
    ["exists", "equals", "trial", null],
    ["within_last", "equals", "trial", { amount: 7, unit: "day" }],
  ] as const)("%s after %s", (op, from, value, expected) => {
    expect(valueForOperator(op, from, value)).toEqual(expected);
  });

  it("is known for every operator", () => {
    for (const op of operators) expect(op === "exists" || op === "not_exists").toBe(operandFor(op) === "none");
  });
});
