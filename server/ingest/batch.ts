import * as z from "zod";
import type { EventStore, InsertRow } from "../event-store/event-store";
import { encodeRows } from "../event-store/rows";
import { param, sql } from "../event-store/sql";
import type { LogRecord } from "./write-ahead-log";

const tables = ["messages", "kept_messages"] as const;
type Table = (typeof tables)[number];

/** Rows for tables, as they are acknowledged together. */
export interface Batch {
  /** The last arrival of its messages, or of those before it if it has none. */
  readonly until: number;
  readonly messages: number;
  /** Whether group calls may be among them. */
  readonly hasGroups: boolean;
  readonly lines: Readonly<Record<Table, Lines>>;
}

/** Rows as lines of JSON. */
interface Lines {
  readonly rows: number;
  readonly bytes: Buffer;
}

export function batchOf(until: number, rows: Readonly<Record<Table, readonly InsertRow[]>>): Batch {
  const lines = (table: Table): Lines => ({ rows: rows[table].length, bytes: encodeRows(rows[table]) });
  return {
    until,
    messages: rows.messages.length,
    hasGroups: rows.messages.some(({ type }) => type === "group"),
    lines: { messages: lines("messages"), kept_messages: lines("kept_messages") },
  };
}

export function isEmpty({ lines }: Batch): boolean {
  return tables.every((table) => lines[table].rows === 0);
}

const headShape = z.array(z.tuple([z.int(), z.int()])).length(tables.length);

/** A line with the rows and bytes of each table, then those bytes. */
export function recordOf({ until, lines }: Batch): LogRecord {
  const head = tables.map((table) => [lines[table].rows, lines[table].bytes.length]);
  return {
    until,
    bytes: Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...tables.map((table) => lines[table].bytes)]),
  };
}

/** The batch that `recordOf` made a record of. */
export function batchOfRecord({ until, bytes }: LogRecord): Batch {
  const newline = bytes.indexOf(0x0a);
  const head = headShape.parse(JSON.parse(bytes.toString("utf8", 0, newline)));
  let start = newline + 1;
  const lines = tables.map((_, index): Lines => {
    const [rows = 0, length = 0] = head[index] ?? [];
    start += length;
    return { rows, bytes: bytes.subarray(start - length, start) };
  });
  const [messages = none, kept = none] = lines;
  return { until, messages: messages.rows, hasGroups: true, lines: { messages, kept_messages: kept } };
}

const none: Lines = { rows: 0, bytes: Buffer.alloc(0) };

/**
 * Stores batches in their order, each table's rows by one insert. With `again`, for what an earlier try may have stored in
 * part, only the messages whose arrival is not there are.
 */
export async function storeBatches(eventStore: EventStore, batches: readonly Batch[], again: boolean): Promise<void> {
  for (const table of tables) {
    const all = batches.map(({ lines }) => lines[table]);
    const lines = {
      rows: all.reduce((sum, { rows }) => sum + rows, 0),
      bytes: Buffer.concat(all.map(({ bytes }) => bytes)),
    };
    const left = again && table === "messages" ? await missing(eventStore, lines) : lines;
    if (left.rows > 0) await eventStore.insertLines(table, left.bytes, left.rows);
  }
}

const arrivalShape = z.object({ arrival: z.int() });

async function missing(eventStore: EventStore, { bytes }: Lines): Promise<Lines> {
  const rows = bytes.toString().split("\n").slice(0, -1);
  const arrivals = rows.map((row) => arrivalShape.parse(JSON.parse(row)).arrival);
  const stored = new Set<number>();
  for await (const found of eventStore.stream(
    sql`SELECT arrival FROM messages WHERE arrival >= ${param.uint64(arrivals[0] ?? 0)} AND arrival <= ${param.uint64(arrivals.at(-1) ?? 0)}`,
    arrivalShape,
  )) {
    for (const { arrival } of found) stored.add(arrival);
  }
  const left = rows.filter((_, index) => !stored.has(arrivals[index] ?? 0));
  return { rows: left.length, bytes: Buffer.from(left.map((row) => `${row}\n`).join("")) };
}

/** How much memory its rows take. */
export function bytesOf({ lines }: Batch): number {
  return lines.messages.bytes.length + lines.kept_messages.bytes.length;
}
