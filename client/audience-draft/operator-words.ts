import { operandFor } from "@/core/audience/describe/operator-words";
import type { Operator } from "@/core/audience/filter";

/** The value to go on with when the operator changes: kept where the new operator takes the like. */
export function valueForOperator(op: Operator, from: Operator, value: unknown): unknown {
  const operand = operandFor(op);
  const before = operandFor(from);
  if (operand === before) return value;
  const single = before === "scalars" && Array.isArray(value) ? value[0] : value;
  switch (operand) {
    case "none":
    case "range":
    case "moment":
      return null;
    case "duration":
      return { amount: 7, unit: "day" };
    case "scalars":
      return isEntered(single) && before === "scalar" ? [single] : [];
    case "scalar":
      return typeof single === "object" ? null : (single ?? null);
    case "text":
      return typeof single === "string" ? single : typeof single === "number" ? String(single) : null;
    case "number":
      return typeof single === "number" ? single : null;
  }
}

function isEntered(value: unknown): boolean {
  return value !== null && value !== undefined && value !== "";
}
