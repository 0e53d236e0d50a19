import { parse } from "csv-parse/browser/esm/sync";
import type { ImportRun } from "@/core/api/imports";
import { readParquetHead } from "./parquet-head";

const headBytes = 256 * 1024;
const previewRows = 5;

export interface FileHead {
  format: ImportRun["format"];
  gzip: boolean;
  /** Of a file whose columns are to be mapped: their names and the first rows. */
  table: { columns: string[]; rows: string[][] } | null;
}

/** Reads the first part of a file to tell what it is; throws an error with words for people when that cannot be told. */
export async function readHead(file: Blob & { name: string }): Promise<FileHead> {
  const bytes = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  if (bytes.length === 0) throw new Error(`${file.name} is empty.`);
  if (startsWith(bytes, "PAR1")) {
    return { format: "parquet", gzip: false, table: await readParquetHead(file, previewRows) };
  }
  const gzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const text = new TextDecoder().decode(gzip ? await inflate(bytes) : bytes).replace(/^\uFEFF/, "");
  if (text.includes("\0")) {
    throw new Error(`${file.name} is neither Parquet nor text. NDJSON and CSV are text, and may be packed with gzip.`);
  }
  if (text.trimStart().startsWith("{")) return { format: "ndjson", gzip, table: null };
  return { format: "csv", gzip, table: readTable(text, file.name, bytes.length < file.size || gzip) };
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return new TextDecoder("latin1").decode(bytes.subarray(0, text.length)) === text;
}

/** As much as the first bytes of a gzip file hold: its end is missing, which is no error here. */
async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    while (size < headBytes) {
      const { value, done } = await reader.read();
      if (done) break;
      chunks.push(value);
      size += value.length;
    }
  } catch (error) {
    if (size === 0) throw new Error("The gzip file cannot be read. It may be damaged.", { cause: error });
  }
  await reader.cancel().catch(() => undefined);
  const joined = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}

function readTable(text: string, name: string, cut: boolean): { columns: string[]; rows: string[][] } {
  // The last line of a part may end anywhere, within quotes as well.
  const whole = cut ? text.slice(0, text.lastIndexOf("\n") + 1) : text;
  const [columns, ...rows] = readRecords(whole, name);
  if (!columns || columns.every((column) => column.trim() === "")) {
    throw new Error(`${name} has no line with the names of its columns.`);
  }
  const twice = columns.find((column, index) => columns.indexOf(column) !== index);
  if (twice !== undefined) throw new Error(`${name} has two columns named “${twice}”. Give each its own name.`);
  return { columns, rows };
}

function readRecords(text: string, name: string): string[][] {
  try {
    return parse(text, { to: previewRows + 1, relax_column_count: true, skip_empty_lines: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    throw new Error(`The first lines of ${name} cannot be read as CSV. ${reason}`, { cause: error });
  }
}
