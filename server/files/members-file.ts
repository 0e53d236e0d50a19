import type { FileFormat } from "@/core/files/format";
import { csvLines } from "@/server/audiences/export-csv";
import { memberRows } from "@/server/audiences/member-rows";
import type { Services } from "@/server/services";
import { parquetFile } from "./parquet-file";
import { parquetTypes } from "./parquet-types";

interface WhichFile {
  audienceId: string;
  columns: readonly string[];
  format: FileFormat;
  /** Who was in then; in milliseconds since the epoch. */
  now: number;
}

export interface MembersFile {
  audience: { key: string; name: string };
  /** How many people were read so far. */
  rows(): number;
  /** In pieces, as it is read. Leaving early stops the query. */
  content: AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/**
 * The members of an audience as a file, of any size: of nobody, a CSV has its header, NDJSON nothing, and Parquet its columns.
 * Errors: `not_found`.
 */
export async function membersFile(
  { eventStore, metadata }: Pick<Services, "eventStore" | "metadata">,
  { audienceId, columns, format, now }: WhichFile,
  signal?: AbortSignal,
): Promise<MembersFile> {
  let rows = 0;
  const read = await memberRows({ eventStore, metadata }, { audienceId, columns, now }, signal);
  async function* counted() {
    for await (const batch of read.batches) {
      rows += batch.length;
      yield batch;
    }
  }
  const contentOf = {
    csv: () => bytesOf(csvLines(columns, counted())),
    ndjson: () => bytesOf(ndjsonLines(columns, counted())),
    async *parquet() {
      yield* parquetFile(columns, await parquetTypes(eventStore, columns, now, signal), counted());
    },
  } satisfies Record<FileFormat, () => AsyncGenerator<Uint8Array<ArrayBuffer>>>;
  return { audience: read.audience, rows: () => rows, content: contentOf[format]() };
}

async function* ndjsonLines(columns: readonly string[], batches: AsyncIterable<unknown[][]>): AsyncGenerator<string> {
  for await (const batch of batches) {
    yield batch
      .map((row) => `${JSON.stringify(Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null])))}\n`)
      .join("");
  }
}

async function* bytesOf(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const text of texts) yield Buffer.from(text);
}
