import { join, param, Sql, sql } from "@/server/event-store/sql";

/** Some periods of one event, for the set of number `n`. */
export interface PeriodRead {
  n: number;
  type: string;
  event: string;
  /** First and last period, as numbers of server/event-store/periods.ts. */
  low: number;
  high: number;
  /** An expression; where it is 0 these periods are not wanted. */
  wanted?: Sql | undefined;
  /** Only rows all of whose messages are earlier, in milliseconds since the epoch. */
  before: number;
}

/**
 * Rows of `n` and `people` for many sets, in one read of the table. The reads stand in arrays, so that the statement grows
 * by a few numbers for each of them: planning costs more than running otherwise.
 */
export function periodRows(reads: readonly PeriodRead[]): Sql {
  const types = reads.map(({ type }) => type);
  const events = reads.map(({ event }) => event);
  const highs = reads.map(({ high, low, wanted }) =>
    wanted ? sql`if(${wanted}, ${number(high)}, ${number(low - 1)})` : number(high),
  );
  return sql`SELECT n, groupBitmapMergeState(people) AS people FROM (
    SELECT people, arrayFilter(
      (n, t, e, low, high, before) -> e = event AND t = type AND period >= low AND period <= high
        AND toUnixTimestamp64Milli(last_at) < before,
      ${numbers(reads.map(({ n }) => n))}, ${param.strings(types)}, ${param.strings(events)},
      ${numbers(reads.map(({ low }) => low))}, [${join(highs)}], ${numbers(reads.map(({ before }) => before))}) AS ns
    FROM event_periods
    WHERE type IN ${param.strings([...new Set(types)])} AND event IN ${param.strings([...new Set(events)])} AND notEmpty(ns)
  ) ARRAY JOIN ns AS n GROUP BY n`;
}

/** A whole number of our own making as text: a parameter of each would have to be planned. */
export function number(value: number): Sql {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number`);
  return new Sql([String(value)]);
}

function numbers(values: readonly number[]): Sql {
  return sql`[${join(values.map(number))}]`;
}
