/**
 * One person's events, a list for each step in Order: those of step s lie in `times[s]` from `from[s]` to just before `to[s]`. Every event
 * fits one step.
 */
export interface PersonLists {
  /** For each step, milliseconds since the epoch. */
  readonly times: readonly Float64Array[];
  /** For each step which of two events of one time came first; undefined where that was not read. */
  readonly arrivals: readonly Float64Array[] | undefined;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}
