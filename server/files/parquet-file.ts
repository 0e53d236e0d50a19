import type { SchemaElement } from "hyparquet";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { AppError } from "@/core/errors";
import type { ParquetType } from "./parquet-types";

/** So many rows are in memory at a time. */
const rowsOfGroup = 20_000;

const elements = {
  text: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  number: { type: "DOUBLE" },
  integer: { type: "INT64" },
  boolean: { type: "BOOLEAN" },
  moment: { type: "INT64", converted_type: "TIMESTAMP_MILLIS" },
} as const satisfies Record<ParquetType, Partial<SchemaElement>>;

/**
 * Rows as a Parquet file, a group of rows at a time. Errors: `unavailable` where a value is not of its column's type, which can only be
 * when messages of long ago came in meanwhile.
 */
export async function* parquetFile(
  columns: readonly string[],
  types: readonly ParquetType[],
  batches: AsyncIterable<unknown[][]>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const bytes = new ByteWriter();
  const take = () => {
    const taken = new Uint8Array(bytes.getBuffer());
    bytes.index = 0;
    return taken;
  };
  const schema: SchemaElement[] = [
    { name: "root", num_children: columns.length },
    ...columns.map((name, index) => ({
      name,
      repetition_type: "OPTIONAL" as const,
      ...elements[types[index] ?? "text"],
    })),
  ];
  const writer = new ParquetWriter({ writer: bytes, schema, createdBy: "Foothold" });
  for await (const rows of groupsOf(batches)) {
    const columnData = columns.map((name, index) => ({
      name,
      data: rows.map((row) => parquetValue(row[index], types[index] ?? "text", name)),
    }));
    await writer.write({ columnData, rowGroupSize: rows.length });
    yield take();
  }
  await writer.finish();
  yield take();
}

async function* groupsOf(batches: AsyncIterable<unknown[][]>): AsyncGenerator<unknown[][]> {
  let waiting: unknown[][] = [];
  for await (const batch of batches) {
    waiting = waiting.concat(batch);
    while (waiting.length >= rowsOfGroup) {
      yield waiting.slice(0, rowsOfGroup);
      waiting = waiting.slice(rowsOfGroup);
    }
  }
  if (waiting.length > 0) yield waiting;
}

function parquetValue(value: unknown, type: ParquetType, column: string): unknown {
  if (value === undefined || value === null) return null;
  switch (type) {
    case "text":
      return typeof value === "string" ? value : JSON.stringify(value);
    case "moment":
      if (typeof value === "string") return new Date(value);
      break;
    case "boolean":
      if (typeof value === "boolean") return value;
      break;
    case "number":
      if (typeof value === "number") return value;
      break;
    case "integer":
      if (typeof value === "number" && Number.isInteger(value)) return BigInt(value);
      break;
  }
  throw new AppError(
    "unavailable",
    `The column ${column} was given other values while the file was written. Try again.`,
  );
}
