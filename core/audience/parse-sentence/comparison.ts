import { operandFor, operatorText } from "../describe/operator-words";
import { type Operator, operators } from "../filter";
import { isNegative } from "../operators";
import type { Reader } from "./reader";

/** Longer ones first: "is not" begins as "is" does. */
const wordings = operators
  .map((op): [string, Operator] => [operatorText[op], op])
  .sort(([one], [other]) => other.length - one.length);

/** An operator with its value, as the shape of definitions has them; whether they fit together is checked of the whole. */
export function readComparison(reader: Reader): { op: Operator; value?: unknown } {
  const op = readOperator(reader);
  const value = readOperand(reader, op);
  if (op === "more_than_ago") reader.expect("ago");
  if (op === "more_than_from_now") reader.expect("from now");
  if (isNegative(op) && op !== "not_exists") reader.takes("( or has no value )");
  return value === undefined ? { op } : { op, value };
}

function readOperator(reader: Reader): Operator {
  return reader.takesOne(wordings) ?? reader.fail("a comparison such as “is”, “contains” or “is at least”");
}

function readOperand(reader: Reader, op: Operator): unknown {
  switch (operandFor(op)) {
    case "none":
      return undefined;
    case "scalar":
      return reader.scalar();
    case "scalars":
      return readList(reader);
    case "range": {
      const low = reader.textOrNumber("the lowest value");
      reader.expect("and");
      return [low, reader.textOrNumber("the highest value")];
    }
    case "duration":
      return reader.duration();
    case "moment":
      return reader.textOrNumber("a date");
    case "text":
      return reader.name("a text");
    case "number":
      return reader.textOrNumber("a number");
  }
}

/** `"a", "b" or "c"`. */
function readList(reader: Reader): unknown[] {
  const values: unknown[] = [reader.scalar()];
  while (reader.seesListItem()) {
    if (!reader.takes(",")) reader.expect("or");
    values.push(reader.scalar());
  }
  return values;
}

/** `"plan" is "trial" and context "page.path" has a value`. */
export function readFilters(reader: Reader): unknown[] {
  const filters = [readFilter(reader)];
  while (reader.takes("and")) filters.push(readFilter(reader));
  return filters;
}

function readFilter(reader: Reader): unknown {
  const target = reader.takes("context") ? "context" : "property";
  return { [target]: reader.name(`a ${target}`), ...readComparison(reader) };
}
