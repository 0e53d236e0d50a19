import { totalmem } from "node:os";
import type { QueryOptions } from "./query-options";

/** Seconds that a query may take when its caller says nothing. */
export const defaultTimeoutSeconds = 60;
/** A stream runs as long as its reader reads. */
export const defaultStreamTimeoutSeconds = 3_600;

/** The bytes that one query may use before it is stopped, and half of which it may use before it goes to disk. */
export const defaultMemoryBytes = Math.floor(totalmem() / 3);

/** How values are written and read, the same for every statement and on both transports. */
const meaning = {
  date_time_output_format: "iso",
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_denormals: 0,
  output_format_json_escape_forward_slashes: 0,
  // `IN (SELECT …)` on the primary key is otherwise expanded into a set of ranges, which costs more than it saves.
  use_index_for_in_with_subqueries: 0,
  join_use_nulls: 0,
  transform_null_in: 0,
} as const;

type Settings = Readonly<Record<string, number | string>>;

function clause(settings: Settings): string {
  const assignments = Object.entries(settings).map(([name, value]) => {
    if (!/^[a-z_0-9]+$/.test(name)) throw new Error(`Not the name of a setting: ${name}`);
    return `${name} = ${typeof value === "number" ? value : `'${value.replace(/[\\']/g, "\\$&")}'`}`;
  });
  return `\nSETTINGS ${assignments.join(", ")}`;
}

export interface SettingsOfCall {
  /** What the query is found by when it must be stopped. */
  callId: string;
  timeoutSeconds: number;
  memoryBytes: number;
}

/** The text with the settings of this call in its SETTINGS clause, the only place from which none leaks into the next query. */
export function withSettings(text: string, call: SettingsOfCall, options: QueryOptions): string {
  return (
    text +
    clause({
      ...meaning,
      log_comment: call.callId,
      max_execution_time: call.timeoutSeconds,
      max_memory_usage: call.memoryBytes,
      max_bytes_before_external_group_by: Math.floor(call.memoryBytes / 2),
      max_bytes_before_external_sort: Math.floor(call.memoryBytes / 2),
      ...options.settings,
    })
  );
}

/** Whether a statement takes the settings of a query: in DDL a SETTINGS clause means the table's own. */
export function takesSettings(text: string): boolean {
  return /^\s*(SELECT|WITH|INSERT|ALTER|DELETE)\b/i.test(text);
}

/** Settings of an insert: one block whatever the partitions, written when it is acknowledged. */
export const insertSettings: Settings = {
  max_partitions_per_insert_block: 0,
  async_insert: 0,
  insert_deduplicate: 0,
  input_format_skip_unknown_fields: 0,
  input_format_null_as_default: 0,
};
