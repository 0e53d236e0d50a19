import type * as z from "zod";
import type { NativeBlock } from "./native";
import type { PeopleBits } from "./people-bits";
import type { QueryOptions } from "./query-options";
import type { Sql } from "./sql";

/** Formats in which the engine writes bytes itself. */
export type ByteFormat = "CSV" | "CSVWithNames" | "JSONEachRow" | "JSONCompactEachRow";

/** A value of a row to insert. A moment is its milliseconds since the epoch, from `storedMoment`. */
export type InsertValue = string | number | boolean | null | readonly InsertValue[];
export type InsertRow = Readonly<Record<string, InsertValue>>;

/**
 * Where messages and people are kept and counted: chDB in this process, or a ClickHouse server, by the same SQL.
 *
 * Rows come as JSON values: 64-bit integers as numbers (select `toString(x)` for what may pass 2^53), moments as ISO
 * 8601 UTC text with milliseconds, NULL, NaN and infinities as null. Each row is parsed by the schema given.
 *
 * Errors: `timed_out`, `cancelled` and `unavailable` (memory) as AppError; any other failure of the engine as
 * EventStoreError, which is a defect of the SQL or of the installation.
 */
export interface EventStore extends BareStore {
  /** The same for all that stand for one store, so that something can be kept beside it. */
  readonly identity: object;
  /** As `blocks`, or what it answered to the very same statement since when nothing was written to the store. */
  kept(statement: Sql, options?: QueryOptions): Promise<NativeBlock[]>;
  /** What `find` finds, or what was found under the same key since when nothing was written to the store. */
  keptPeople(key: string, find: () => Promise<PeopleBits>): Promise<PeopleBits>;
}

/** The event store without a memory of its own. */
export interface BareStore {
  readonly kind: "chdb" | "clickhouse";
  query<Row>(statement: Sql, row: z.ZodType<Row>, options?: QueryOptions): Promise<Row[]>;
  /** Rows in batches as the engine makes them, for results of any size. Leaving the loop early stops the query. */
  stream<Row>(statement: Sql, row: z.ZodType<Row>, options?: QueryOptions): AsyncIterable<Row[]>;
  /** The result as the engine writes it in `format`, in pieces of about a megabyte. */
  streamBytes(statement: Sql, format: ByteFormat, options?: QueryOptions): AsyncIterable<Uint8Array>;
  /**
   * The result as blocks of columns, many times as fast to read as rows: for answers of up to some ten million bytes. Columns
   * are of the types that NativeBlock knows.
   */
  blocks(statement: Sql, options?: QueryOptions): Promise<NativeBlock[]>;
  /** The same for answers of any size, as the engine makes them. Leaving the loop early stops the query. */
  blockStream(statement: Sql, options?: QueryOptions): AsyncIterable<NativeBlock[]>;
  /** A statement without rows: DDL, INSERT … SELECT, a mutation (waited for). */
  command(statement: Sql, options?: QueryOptions): Promise<void>;
  /** Durable once it resolves. One call is one block: rows of one call are seen together, save across partitions. */
  insert(table: string, rows: readonly InsertRow[]): Promise<void>;
  /** The same for `rows` rows that `encodeRows` has made lines of. */
  insertLines(table: string, lines: Buffer, rows: number): Promise<void>;
}

/** A failure of the engine that no caller caused: a defect of a statement, or a broken installation. */
export class EventStoreError extends Error {
  override readonly name = "EventStoreError";
  constructor(
    message: string,
    /** The engine's own error number, such as 62 for a syntax error; 0 when it told none. */
    readonly engineCode: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
