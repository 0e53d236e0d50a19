import type { NativeBlock } from "@/server/event-store/native";
import { PeopleBits } from "@/server/event-store/people-bits";
import { param, Sql, sql } from "@/server/event-store/sql";

/** Some periods of events: a row for each type, and each name unless all are meant. */
export interface PeriodRead {
  types: readonly string[];
  event: string | undefined;
  /** First and last period, as numbers of server/event-store/periods.ts. */
  low: number;
  high: number;
}

/** Who did it in one of the periods, and when the last of them did. */
export interface PeriodPeople {
  /** Milliseconds since the epoch. */
  lastAt: number;
  people: PeopleBits;
}

/**
 * A statement of rows of `n` (the place of a read), `last` and `people`, in one read of the table. The reads stand in arrays,
 * so that the statement grows by a few numbers for each of them: planning costs more than running otherwise.
 */
export function periodRows(reads: readonly PeriodRead[]): Sql {
  const each = reads.flatMap(({ types, event, low, high }, n) => types.map((type) => ({ n, type, event, low, high })));
  const types = each.map(({ type }) => type);
  const names = each.map(({ event }) => event ?? "");
  const isOfAll = each.map(({ event }) => (event === undefined ? 1 : 0));
  const named = isOfAll.includes(1) ? sql`` : sql` AND event IN ${param.strings([...new Set(names)])}`;
  return sql`SELECT toUInt32(n) AS n, toUInt64(toUnixTimestamp64Milli(max(last_at))) AS last,
    CAST(groupBitmapMergeState(people), 'String') AS people
  FROM (
    SELECT people, last_at, arrayFilter(
      (n, t, e, every, low, high) -> (every OR e = event) AND t = type AND period >= low AND period <= high,
      ${numbers(each.map(({ n }) => n))}, ${param.strings(types)}, ${param.strings(names)}, ${numbers(isOfAll)},
      ${numbers(each.map(({ low }) => low))}, ${numbers(each.map(({ high }) => high))}) AS ns
    FROM event_periods
    WHERE type IN ${param.strings([...new Set(types)])}${named}
      AND period >= ${number(Math.min(...each.map(({ low }) => low)))} AND period <= ${number(Math.max(...each.map(({ high }) => high)))}
      AND notEmpty(ns)
  ) ARRAY JOIN ns AS n GROUP BY n`;
}

/** What `periodRows` answers, by the place of each read. */
export function readPeriodRows(blocks: readonly NativeBlock[]): Map<number, PeriodPeople> {
  const found = new Map<number, PeriodPeople>();
  for (const block of blocks) {
    const places = block.view("n", "UInt32");
    const last = block.view("last", "UInt64");
    const states = block.texts("people");
    for (let row = 0; row < block.rows; row += 1) {
      found.set(places.getUint32(row * 4, true), {
        lastAt: Number(last.getBigUint64(row * 8, true)),
        people: PeopleBits.ofStates([states.bytes(row)]),
      });
    }
  }
  return found;
}

/** A whole number of our own making as text: a parameter of each would have to be planned. */
export function number(value: number): Sql {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number`);
  return new Sql([String(value)]);
}

function numbers(values: readonly number[]): Sql {
  return new Sql([`[${values.map((value) => number(value).parts.join("")).join(",")}]`]);
}
