import type { EventMatch } from "@/core/audience/definition";
import type { Moment } from "@/core/audience/operators";
import { eventPredicate } from "@/server/audiences/compile/event";
import { empty, join, param, type Sql, sql } from "@/server/event-store/sql";

export interface ChainQuery {
  steps: readonly EventMatch[];
  /** Messages after its `now` do not exist yet. */
  moment: Moment;
  /** A scalar subquery of the bitmap of the people who are counted. */
  counted: Sql;
  /** Milliseconds from the first event of a chain to each later one, inclusive; null sets no limit. */
  windowMs: number | null;
  /** Bounds the first event, in milliseconds since the epoch: from ≤ t < to. */
  range: { from: number; to: number } | null;
}

/** Stands for "no event": so far before every timestamp that no window reaches across. */
const none = sql`toInt64(-4000000000000000000)`;

/**
 * The deciding chain of each person who entered: rows of `profile`, `depth` (steps reached, at least 1) and `times`
 * (milliseconds since the epoch of the chain's events, `depth` of them). Agrees with `deepestChain` of core/funnel.
 *
 * 1. Each person's fitting events become two arrays in Order: `t`, and `fits`, whose bit k says that step k + 1 fits.
 * 2. Step by step, `level.1` holds at each event that can be this step of a chain the latest start of such a chain, else
 *    `none`. A later start has more of its window left, so the latest one decides how deep anybody gets.
 *    `level.2` collects the first event at which each step is reached, 0 for none.
 * 3. Of the deepest chains the one that starts first is also the first to end. So it starts at the first event that may
 *    start a chain within the window of the first event at which that depth is reached.
 * 4. From there it takes the earliest event that fits the next step, again and again: `path`.
 *
 * The steps are a fold, so that the statement is as short for twenty of them as for two: planning costs more than
 * running otherwise.
 */
export function chains(query: ChainQuery): Sql {
  const { windowMs, range } = query;
  const inRange = range === null ? empty : sql`AND x >= ${param.int64(range.from)} AND x < ${param.int64(range.to)}`;
  const open = windowMs === null ? sql`s > ${none}` : sql`x - s <= ${param.int64(windowMs)}`;
  const inWindow = windowMs === null ? empty : sql`AND s >= t[ends[depth]] - ${param.int64(windowMs)}`;
  // The latest start only ever grows along the events, so the last one that is there is the latest.
  const latestBefore = sql`arrayShiftRight(arrayFill(s -> s > ${none}, level.1), 1, ${none})`;
  return sql`
    SELECT profile, depth, arrayMap(i -> t[i], path) AS times,
      arrayFirstIndex(s -> s > ${none} ${inWindow}, start) AS first,
      arrayFold(
        (path, bit) -> arrayPushBack(path, arrayFirstIndex(
          (f, i) -> i > path[-1] AND bitTest(f, bit), fits, arrayEnumerate(fits)
        )),
        range(1, depth), [first]
      ) AS path
    FROM (
      SELECT profile, t, fits,
        arrayMap((x, f) -> if(bitTest(f, 0) ${inRange}, x, ${none}), t, fits) AS start,
        arrayFold(
          (level, bit) -> (
            arrayMap((x, f, s) -> if(bitTest(f, bit) AND ${open}, s, ${none}), t, fits, ${latestBefore}),
            arrayPushBack(level.2, arrayFirstIndex(s -> s > ${none}, level.1))
          ),
          range(1, toUInt32(steps_done) + 1), (start, emptyArrayUInt32())
        ).2 AS level_ends,
        arrayFilter(i -> i > 0, level_ends) AS ends,
        length(ends) AS depth
      FROM (${histories(query)})
    )
    WHERE depth > 0`;
}

/** One row per person with `t`, `fits` and `steps_done`: from the first, the steps that some event fits. */
function histories({ steps, moment, counted }: ChainQuery): Sql {
  const named = steps.map(({ event, type }) => eventPredicate({ event, type }, moment));
  const bits = steps.map((step, index) => {
    return sql`bitShiftLeft(toUInt32(${eventPredicate(step, moment)}), ${param.uint32(index)})`;
  });
  // Each event as one number that sorts by (timestamp, arrival): 44 bits, 64 bits, and 20 for the steps that it fits.
  // Sorting plain numbers takes half the time of sorting tuples.
  return sql`
    SELECT profile,
      arraySort(groupArray(bitShiftLeft(toUInt128(at), 84) + bitShiftLeft(toUInt128(arrival), 20) + mask)) AS events,
      arrayMap(e -> toInt64(bitShiftRight(e, 84)), events) AS t,
      arrayMap(e -> toUInt32(bitAnd(e, 1048575)), events) AS fits,
      groupBitOr(toUInt32(mask)) AS done,
      bitCount(bitXor(done, done + 1)) - 1 AS steps_done
    FROM (
      SELECT profile, toUnixTimestamp64Milli(timestamp) AS at, arrival, ${join(bits, sql` + `)} AS mask
      FROM messages
      WHERE timestamp <= ${param.moment(moment.now)} AND (${join(named, sql` OR `)})
        AND bitmapContains(${counted}, profile) AND mask > 0
    )
    GROUP BY profile
    HAVING steps_done > 0`;
}
