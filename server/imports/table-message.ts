import type { TablePlan } from "./table-plan";

/** A row of a table; columns are told by their position. */
export interface TableRow {
  /** The cell as text, undefined when it is empty. */
  text(column: number): string | undefined;
  /** The cell as a JSON value, undefined when it is empty. */
  value(column: number): unknown;
}

/** A row as a message: an event where it names one, else an identify. */
export function tableMessage(row: TableRow, { at, eventName, rest, isEvents }: TablePlan): object {
  const cell = (index: number | undefined): string | undefined => (index === undefined ? undefined : row.text(index));
  const values: Record<string, unknown> = {};
  for (const { name, at: index } of rest) {
    const value = row.value(index);
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
