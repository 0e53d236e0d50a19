import type { AsyncBuffer } from "hyparquet";

/**
 * Columns and first rows of a Parquet file; null where its rows are Segment messages, so that nothing is left to say of
 * them. Reads the end of the file and the first rows only. Throws an error with words for people.
 */
export async function readParquetHead(
  file: Blob & { name: string },
  rows: number,
): Promise<{ columns: string[]; rows: string[][] } | null> {
  // Few files are Parquet, and its reader is not small.
  const [{ parquetMetadataAsync, parquetReadObjects, parquetSchema }, { compressors }] = await Promise.all([
    import("hyparquet"),
    import("hyparquet-compressors"),
  ]);
  const buffer: AsyncBuffer = {
    byteLength: file.size,
    slice: (start, end) => file.slice(start, end).arrayBuffer(),
  };
  try {
    const metadata = await parquetMetadataAsync(buffer);
    const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
    if (columns.includes("type")) return null;
    const rowEnd = Math.min(rows, Number(metadata.num_rows));
    const first: Record<string, unknown>[] = await parquetReadObjects({ file: buffer, metadata, compressors, rowEnd });
    return { columns, rows: first.map((row) => columns.map((column) => textOf(row[column]))) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    throw new Error(`${file.name} cannot be read as Parquet. ${reason}`, { cause: error });
  }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "object") {
    return JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? inner.toString() : inner));
  }
  return String(value);
}
