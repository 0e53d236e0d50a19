import type * as z from "zod";
import type { InsertRow, InsertValue } from "./event-store";

/** Rows of JSONEachRow text, each parsed by the schema. A row that does not fit is a defect of the statement and throws. */
export function parseRows<Row>(text: string, row: z.ZodType<Row>): Row[] {
  const rows: Row[] = [];
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline;
    if (end > start) rows.push(row.parse(JSON.parse(text.slice(start, end))));
    start = end + 1;
  }
  return rows;
}

const escapedSurrogate = /\\ud[89a-f]/;

function wellFormed(_key: string, value: InsertValue): InsertValue {
  return typeof value === "string" ? value.toWellFormed() : value;
}

/** Asking each value costs as much as all the rest, and hardly a row needs it. */
function encodeRow(row: InsertRow): string {
  const text = JSON.stringify(row);
  return escapedSurrogate.test(text) ? JSON.stringify(row, wellFormed) : text;
}

/** Rows as JSONEachRow. UTF-8 cannot hold a lone surrogate, and the engine refuses its escape: it becomes U+FFFD. */
export function encodeRows(rows: readonly InsertRow[]): Buffer {
  return Buffer.from(rows.map((row) => `${encodeRow(row)}\n`).join(""));
}
