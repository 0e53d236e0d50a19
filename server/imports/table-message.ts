import type { CsvPlan } from "./csv-columns";

/** Numbers whose digits survive being one: no leading zeros, and no more digits than a double keeps. */
const number = /^-?(0|[1-9]\d*)(\.\d+)?$/;
const maxDigits = 15;

/** A cell as the value that was meant: a number, true or false, else text; undefined when empty. */
function cellValue(cell: string): string | number | boolean | undefined {
  if (cell === "") return undefined;
  if (number.test(cell) && cell.replace(/[-.]/g, "").length <= maxDigits) return Number(cell);
  if (/^true$/i.test(cell)) return true;
  if (/^false$/i.test(cell)) return false;
  return cell;
}

/** A row as a message: an event where it names one, else an identify. */
export function csvMessage(row: readonly string[], { at, eventName, rest, isEvents }: CsvPlan): object {
  const cell = (index: number | undefined): string | undefined => {
    const text = index === undefined ? undefined : row[index]?.trim();
    return text === "" ? undefined : text;
  };
  const values: Record<string, unknown> = {};
  for (const { name, at: index } of rest) {
    const value = cellValue(row[index] ?? "");
    if (value === undefined) continue;
    Object.defineProperty(values, name, { value, enumerable: true, configurable: true, writable: true });
  }
  const event = isEvents ? (cell(at.event) ?? eventName) : undefined;
  return {
    ...(event === undefined ? { type: "identify", traits: values } : { type: "track", event, properties: values }),
    userId: cell(at.userId),
    anonymousId: cell(at.anonymousId),
    timestamp: cell(at.timestamp),
    messageId: cell(at.messageId),
  };
}
