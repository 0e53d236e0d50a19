/** What a spreadsheet would take for a formula. */
const formula = /^[=+\-@\t\r\n]/;
/** Numbers begin like formulas, but are none. */
const decimal = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;
const needsQuotes = /[",\r\n]|^\s|\s$/;

/**
 * A value as a cell of RFC 4180. Lists and objects are JSON text, what is missing is empty. Text that a spreadsheet would
 * run as a formula gets an apostrophe in front; numbers stay numbers.
 */
function csvCell(value: unknown): string {
  const text = textOf(value);
  const safe = formula.test(text) && !decimal.test(text) ? `'${text}` : text;
  return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvLine(values: readonly unknown[]): string {
  return `${values.map(csvCell).join(",")}\r\n`;
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
