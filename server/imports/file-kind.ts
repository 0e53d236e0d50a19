import type { ImportRun, TableMapping } from "../../core/api/imports";
import { AppError } from "../../core/errors";
import { readFile } from "./read-file";
import { readSpooled } from "./spool";

type Format = ImportRun["format"];

const endings: readonly [RegExp, Format][] = [
  [/\.csv(\.gz)?$/i, "csv"],
  [/\.parquet(\.gz)?$/i, "parquet"],
  [/\.(ndjson|jsonl|json)(\.gz)?$/i, "ndjson"],
];
const types: readonly [RegExp, Format][] = [
  [/^text\/csv\b/i, "csv"],
  [/^application\/vnd\.apache\.parquet\b/i, "parquet"],
  [/^application\/(x-)?(ndjson|jsonl)\b/i, "ndjson"],
];

/** What a file is, by its name, by its content type, and at last by how it begins. */
export async function formatOf(
  path: string,
  fileName: string | undefined,
  contentType: string | null,
): Promise<Format> {
  const named = endings.find(([ending]) => fileName !== undefined && ending.test(fileName));
  const typed = types.find(([type]) => contentType !== null && type.test(contentType));
  const told = named?.[1] ?? typed?.[1];
  if (told !== undefined) return told;
  for await (const piece of await readSpooled(path)) {
    const start = String(piece)
      .trimStart()
      .replace(/^\uFEFF/, "");
    if (start.startsWith("PAR1")) return "parquet";
    if (start !== "") return start.startsWith("{") ? "ndjson" : "csv";
  }
  return "ndjson";
}

/** Reads the start of a file. Throws `invalid` when it cannot be what it was taken for, or the mapping does not fit it. */
export async function assertReadable(path: string, format: Format, mapping: TableMapping | null): Promise<void> {
  try {
    for await (const _ of readFile({ spoolPath: path, format, mapping }, 1, 0)) return;
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("Z_")) {
      throw new AppError("invalid", "The compressed data is damaged.", undefined, { cause: error });
    }
    throw error;
  }
}
