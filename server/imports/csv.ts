import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { type CsvError, type Options, parse } from "csv-parse";
import type { TableMapping } from "../../core/api/imports";
import { AppError } from "../../core/errors";
import { Refusal } from "../../core/event/refusal";
import { csvRow } from "./csv-row";
import type { Entry } from "./entry";
import { tableMessage } from "./table-message";
import { planColumns, type TablePlan } from "./table-plan";

const shownOfRow = 4_000;
const maxRowBytes = 1024 * 1024;

const options = {
  bom: true,
  skip_empty_lines: true,
  relax_column_count: true,
  // A quotation mark within a cell stands for itself; refused, it would take the rows after it with it.
  relax_quotes: true,
  skip_records_with_error: true,
  max_record_size: maxRowBytes,
} satisfies Options;

function whyRefused(error: CsvError | undefined): string {
  switch (error?.code) {
    case "CSV_QUOTE_NOT_CLOSED":
      return "A quotation mark is opened here and never closed.";
    case "CSV_MAX_RECORD_SIZE":
      return `A row may have at most ${maxRowBytes} bytes; a quotation mark may be missing.`;
    default:
      return `The row is not CSV: ${error?.message.slice(0, 200) ?? "it cannot be read"}.`;
  }
}

/**
 * Entries of CSV by the mapping. The first row has the names of the columns. Throws `invalid` when there is none, or
 * when the mapping does not fit it.
 */
export async function* csvEntries(text: Readable, mapping: TableMapping | null): AsyncGenerator<Entry[]> {
  let plan: TablePlan | undefined;
  let failure: unknown;
  let entries: Entry[] = [];
  const take = (row: string[], line: number): void => {
    if (plan === undefined) plan = planColumns(trimmed(row), mapping);
    else entries.push(entryOf(row, line, plan));
  };
  const parser = parse({
    ...options,
    // Taken here rather than from the stream: so refused rows keep their place among the others.
    on_record: (row: string[], { lines }) => {
      try {
        take(row, lines);
      } catch (error) {
        failure ??= error;
      }
      return null;
    },
    on_skip: (error) => {
      const refusal = new Refusal("invalid_csv", whyRefused(error));
      entries.push({ line: Number(error?.lines ?? 0), refusal, raw: "" });
      return undefined;
    },
  });
  parser.on("error", (error) => {
    failure ??= error;
  });
  parser.resume();
  for await (const piece of text) {
    parser.write(piece);
    if (failure !== undefined) throw failure;
    yield entries;
    entries = [];
  }
  parser.end();
  await finished(parser, { writable: false });
  if (failure !== undefined) throw failure;
  if (plan === undefined) throw new AppError("invalid", "The file has no row with the names of its columns.");
  yield entries;
}

const trimmed = (row: readonly string[]): string[] => row.map((cell) => cell.trim());

function entryOf(row: readonly string[], line: number, plan: TablePlan): Entry {
  if (row.length <= plan.width) return { line, value: tableMessage(csvRow(row), plan) };
  const why = `The row has ${row.length} values, but there are ${plan.width} columns.`;
  return { line, refusal: new Refusal("invalid_csv", why), raw: row.join(",").slice(0, shownOfRow) };
}
