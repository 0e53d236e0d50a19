import type { EventMatch, EventNode } from "@/core/audience/definition";
import { matchedTypes } from "@/core/audience/match-event";
import type { Moment } from "@/core/audience/operators";
import { type TimeBounds, windowBounds } from "@/core/audience/window";
import { dayOf, firstDayOf, monthOf, startOfDay } from "@/server/event-store/periods";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { eventPredicate } from "./event";
import { number } from "./period-rows";
import type { Sets } from "./sets";
import { boundsPredicate, earliest, latest } from "./window";

/** Whether a condition asks of events nothing but their name, their type and their time. */
export function asksOnlyWhen({ where = [], window, occurrence = "any", then = [], aggregate }: EventNode): boolean {
  return (
    where.length + then.length === 0 && window?.kind !== "after" && occurrence === "any" && aggregate === undefined
  );
}

interface Periods {
  low: number;
  high: number;
  /** Not wanted where the month of `now` is at hand as a whole. */
  withinMonth?: boolean;
}

interface Edge extends TimeBounds {
  /** Not wanted where the day of `now` is at hand as a whole. */
  withinDay?: boolean;
}

/**
 * The set of the people with an event of a name and a type in the window of a condition that `asksOnlyWhen`, exact to the
 * millisecond: put together of whole months, of whole days, and of the moments of the days at which it starts and ends.
 */
export function peopleWhoDid({ event, type, window }: EventNode, moment: Moment, sets: Sets): Sql {
  if (window?.kind === "after") throw new Error("A window of each person's own has no bounds");
  return peopleWhoDidWithin({ event, type }, windowBounds(window, moment), moment, sets);
}

/** The same for a name and a type, without filters, and for any bounds in milliseconds; nothing after `now` is in them. */
export function peopleWhoDidWithin(match: EventMatch, window: TimeBounds, moment: Moment, sets: Sets): Sql {
  const { now } = moment;
  // Timestamps are whole milliseconds; a bound may lie between two.
  const from = window.from <= earliest ? -Infinity : Math.ceil(window.from);
  const to = Math.ceil(Math.min(window.to, now + 1, latest));
  const key = `did:${from}:${to}:${JSON.stringify(match)}`;
  if (from >= to || to <= earliest) return sets.leaf(key, () => []);
  const { periods, edges } = spansOf({ from, to }, to === now + 1);
  const goesOn = () => sets.value(`goes on:${now}`, () => goesOnAfter(now));
  const named = eventPredicate(match, moment);
  return sets.leaf(key, (n) => {
    const rows: Sql[] = edges.map(
      ({ withinDay, ...bounds }) => sql`SELECT ${number(n)} AS n, groupBitmapState(profile) AS people FROM event_moments
        WHERE ${named} AND ${boundsPredicate(bounds)}${withinDay ? sql` AND ${goesOn()}.1` : sql``}`,
    );
    for (const { low, high, withinMonth } of periods) {
      const wanted = withinMonth ? sql`${goesOn()}.2` : undefined;
      const [type, ...others] = matchedTypes(match);
      if (match.event !== undefined && type !== undefined && others.length === 0) {
        sets.readPeriods({ n, type, event: match.event, low, high, wanted, before: to });
      } else {
        rows.push(sql`SELECT ${number(n)} AS n, groupBitmapMergeState(people) AS people FROM event_periods
          WHERE ${named} AND period >= ${number(low)} AND period <= ${number(high)}
            AND last_at < ${param.moment(to)}${wanted ? sql` AND ${wanted}` : sql``}`);
      }
    }
    return rows;
  });
}

/**
 * The periods that lie in from ≤ t < to, and what is left of its first and last day. The last day and its month count among
 * the periods too: a row of them is taken if nothing in it is later than the window, as nearly always for one that ends now.
 */
function spansOf({ from, to }: TimeBounds, endsNow: boolean): { periods: Periods[]; edges: Edge[] } {
  const lastDay = dayOf(to);
  const firstDay = from === -Infinity ? -Infinity : dayOf(from + 86_399_999);
  if (firstDay > lastDay) return { periods: [], edges: [{ from, to }] };
  const edges: Edge[] = [];
  if (from < startOfDay(firstDay)) edges.push({ from, to: startOfDay(firstDay) });
  if (startOfDay(lastDay) < to) edges.push({ from: startOfDay(lastDay), to, withinDay: endsNow });

  const lastMonth = monthOf(lastDay);
  const firstOfLast = firstDayOf(lastMonth);
  if (firstDay === -Infinity) {
    const months = { low: monthOf(dayOf(earliest)), high: lastMonth };
    return { periods: [months, { low: firstOfLast, high: lastDay, withinMonth: endsNow }], edges };
  }
  if (firstDay > firstOfLast) return { periods: [{ low: firstDay, high: lastDay }], edges };
  const firstMonth = monthOf(firstDay - 1) + 1;
  const periods: Periods[] = [
    { low: firstMonth, high: lastMonth },
    { low: firstOfLast, high: lastDay, withinMonth: endsNow },
  ];
  if (firstDay < firstDayOf(firstMonth)) periods.push({ low: firstDay, high: firstDayOf(firstMonth) - 1 });
  return { periods, edges };
}

/** Scalar subquery: whether the day, and the month, of `now` have any event after it. Seldom, unless `now` is past. */
function goesOnAfter(now: number): Sql {
  const day = number(dayOf(now));
  const month = number(monthOf(dayOf(now)));
  return sql`(SELECT (maxIf(last_at, period = ${day}) > ${param.moment(now)}, max(last_at) > ${param.moment(now)})
    FROM event_periods WHERE period IN (${day}, ${month}))`;
}
