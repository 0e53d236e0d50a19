import { open } from "node:fs/promises";
import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
} from "hyparquet";
import { compressors } from "hyparquet-compressors";
import * as z from "zod";
import type { TableMapping } from "../../core/api/imports";
import { AppError } from "../../core/errors";
import type { Entry } from "./entry";
import { jsonOfParquet } from "./parquet-value";
import { tableMessage } from "./table-message";
import { planColumns } from "./table-plan";

/** Rows held at a time; a row group may have a million. */
const rowsAtOnce = 50_000;

const rowsOf = z.array(z.record(z.string(), z.unknown()));

/** Fields of a message that are objects, and may be written as the JSON of one. */
const objectFields = ["properties", "traits", "context", "integrations"] as const;

/**
 * Entries of a Parquet file, a row each, with the row's number from 1. Rows are Segment messages where there is a column
 * `type` and no mapping; else they are read as the rows of CSV are. `onBytes` is told how much of the file has been read.
 * Throws `invalid` for a file that cannot be read or does not fit the mapping.
 */
export async function* parquetEntries(
  path: string,
  mapping: TableMapping | null,
  onBytes: (read: number) => void,
): AsyncGenerator<Entry[]> {
  const handle = await open(path, "r");
  try {
    const { size } = await handle.stat();
    const file: AsyncBuffer = {
      byteLength: size,
      slice: async (start, end = size) => {
        const bytes = new Uint8Array(end - start);
        await handle.read(bytes, 0, bytes.length, start);
        return bytes.buffer;
      },
    };
    const metadata = await readable(parquetMetadataAsync(file));
    const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
    const toMessage = messageReader(columns, mapping);
    const rows = Number(metadata.num_rows);
    // A file without rows has been looked at all the same.
    if (rows === 0) yield [];
    for (const { start, end } of slices(metadata)) {
      const read = await readable(
        parquetReadObjects({ file, metadata, compressors, rowStart: start, rowEnd: end, useOffsetIndex: true }),
      );
      onBytes(Math.floor((size * end) / rows));
      yield rowsOf.parse(read).map((row, index) => ({ line: start + index + 1, value: toMessage(row) }));
    }
  } finally {
    await handle.close();
  }
}

/** Ranges of rows to read at a time: none reaches over the end of a row group. */
function slices({ row_groups: groups }: FileMetaData): { start: number; end: number }[] {
  let first = 0;
  return groups.flatMap(({ num_rows }) => {
    const begin = first;
    first += Number(num_rows);
    const count = Math.ceil((first - begin) / rowsAtOnce);
    return Array.from({ length: count }, (_, index) => ({
      start: begin + index * rowsAtOnce,
      end: Math.min(first, begin + (index + 1) * rowsAtOnce),
    }));
  });
}

/** The library says of every damage what it stumbled over. */
async function readable<Answer>(reading: Promise<Answer>): Promise<Answer> {
  try {
    return await reading;
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 200) : "it cannot be read";
    throw new AppError("invalid", `The file is not readable as Parquet: ${why}.`, undefined, { cause: error });
  }
}

function messageReader(columns: readonly string[], mapping: TableMapping | null): (row: Row) => object {
  if (mapping === null && columns.includes("type")) return wholeMessage;
  const plan = planColumns(columns, mapping);
  return (row) => {
    const value = (column: number) => jsonOfParquet(row[columns[column] ?? ""]);
    const text = (column: number) => {
      const cell = value(column);
      return cell === undefined || cell === "" ? undefined : typeof cell === "string" ? cell.trim() : String(cell);
    };
    return tableMessage({ text, value }, plan);
  };
}

type Row = Readonly<Record<string, unknown>>;

function wholeMessage(row: Row): object {
  const message: Record<string, unknown> = Object.fromEntries(
    Object.entries(row).flatMap(([field, cell]) => {
      const value = jsonOfParquet(cell);
      return value === undefined ? [] : [[field, value]];
    }),
  );
  for (const field of objectFields) {
    const text = message[field];
    if (typeof text === "string") message[field] = parsed(text);
  }
  return message;
}

/** The object that a text is the JSON of; the text itself, to be refused by name, where it is none. */
function parsed(text: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
