export interface QueryOptions {
  /** When it fires the engine stops the query, and the call rejects with `cancelled` at once. */
  signal?: AbortSignal;
  /** The engine stops the query after this long and the call rejects with `timed_out`. */
  timeoutSeconds?: number;
  /** Set for what reads much (funnels, exports, rebuilds), so that it never stands in the way of short queries. */
  heavy?: boolean;
  /** Further engine settings of this one query. Never write a SETTINGS clause into the SQL: there can be but one. */
  settings?: Readonly<Record<string, number | string>>;
}
