import type { TableRow } from "./table-message";

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

export function csvRow(cells: readonly string[]): TableRow {
  return {
    text: (column) => cells[column]?.trim() || undefined,
    value: (column) => cellValue(cells[column] ?? ""),
  };
}
