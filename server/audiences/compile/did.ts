import type { EventMatch, EventNode } from "@/core/audience/definition";
import { matchedTypes } from "@/core/audience/match-event";
import type { Moment } from "@/core/audience/operators";
import { type TimeBounds, windowBounds } from "@/core/audience/window";
import { PeopleBits } from "@/server/event-store/people-bits";
import { dayOf, firstDayOf, monthOf, startOfDay } from "@/server/event-store/periods";
import { sql } from "@/server/event-store/sql";
import { eventPredicate } from "./event";
import { type PeopleSet, type SetReader, statePeople } from "./set-reader";
import { leaf } from "./sets";
import { boundsPredicate, earliest, latest } from "./window";

/** Whether a condition asks of events nothing but their name, their type and their time. */
export function asksOnlyWhen({ where = [], window, occurrence = "any", then = [], aggregate }: EventNode): boolean {
  return (
    where.length + then.length === 0 && window?.kind !== "after" && occurrence === "any" && aggregate === undefined
  );
}

/**
 * The set of the people with an event of a name and a type in the window of a condition that `asksOnlyWhen`, exact to the
 * millisecond: put together of whole months, of whole days, and of the moments of the days at which it starts and ends.
 */
export function peopleWhoDid({ event, type, window }: EventNode, moment: Moment): PeopleSet {
  if (window?.kind === "after") throw new Error("A window of each person's own has no bounds");
  return peopleWhoDidWithin({ event, type }, windowBounds(window, moment), moment);
}

/** The same for a name and a type, without filters, and for any bounds in milliseconds; nothing after `now` is in them. */
export function peopleWhoDidWithin(match: EventMatch, window: TimeBounds, moment: Moment): PeopleSet {
  const { now } = moment;
  // Timestamps are whole milliseconds; a bound may lie between two.
  const from = window.from <= earliest ? -Infinity : Math.ceil(window.from);
  const to = Math.ceil(Math.min(window.to, now + 1, latest));
  return leaf(`did:${from}:${to}:${JSON.stringify(match)}`, async (reader) => {
    if (from >= to || to <= earliest) return PeopleBits.none;
    const spans = new Spans(match, moment, reader);
    const found = await spans.within(from, to, to === now + 1);
    return found.reduce((all, some) => all.or(some), PeopleBits.none);
  });
}

/** Reads who did an event in spans of time. */
class Spans {
  constructor(
    private readonly match: EventMatch,
    private readonly moment: Moment,
    private readonly reader: SetReader,
  ) {}

  /**
   * In from ≤ t < to: whole months, whole days before the first of them, and what is left at both ends. A window that
   * `endsNow` nearly always holds all that there is of its last month.
   */
  within(from: number, to: number, endsNow: boolean): Promise<PeopleBits[]> {
    const firstDay = from === -Infinity ? -Infinity : dayOf(from + 86_399_999);
    const lastDay = dayOf(to);
    if (firstDay > lastDay) return Promise.all([this.#moments(from, to)]);
    const start = from < startOfDay(firstDay) ? [this.#moments(from, startOfDay(firstDay))] : [];
    const lastMonth = monthOf(lastDay);
    const firstOfLast = firstDayOf(lastMonth);
    if (firstDay > firstOfLast) return Promise.all([...start, this.#days(firstDay, to, endsNow)]);
    const firstMonth = firstDay === -Infinity ? monthOf(dayOf(earliest)) : monthOf(firstDay - 1) + 1;
    return Promise.all([
      ...start,
      this.#periods(firstDay, firstDayOf(firstMonth) - 1),
      this.#periods(firstMonth, lastMonth - 1),
      endsNow ? this.#lastMonth(lastMonth, to) : this.#days(firstOfLast, to, endsNow),
    ]);
  }

  async #lastMonth(month: number, to: number): Promise<PeopleBits> {
    const found = await this.#read(month, month);
    if (found === undefined || found.lastAt < to) return found?.people ?? PeopleBits.none;
    return this.#days(firstDayOf(month), to, true);
  }

  /** From the start of a day. */
  async #days(first: number, to: number, endsNow: boolean): Promise<PeopleBits> {
    const last = dayOf(to);
    const [whole, end] = await Promise.all([
      this.#periods(first, last - 1),
      endsNow ? this.#lastDay(last, to) : this.#moments(startOfDay(last), to),
    ]);
    return whole.or(end);
  }

  async #lastDay(day: number, to: number): Promise<PeopleBits> {
    const found = await this.#read(day, day);
    if (found === undefined || found.lastAt < to) return found?.people ?? PeopleBits.none;
    return this.#moments(startOfDay(day), to);
  }

  async #periods(low: number, high: number): Promise<PeopleBits> {
    return (await this.#read(low, high))?.people ?? PeopleBits.none;
  }

  async #read(low: number, high: number) {
    if (low > high || !Number.isFinite(low)) return undefined;
    return this.reader.periods({ types: matchedTypes(this.match), event: this.match.event, low, high });
  }

  async #moments(from: number, to: number): Promise<PeopleBits> {
    if (from >= to) return PeopleBits.none;
    return this.reader.states(sql`SELECT ${statePeople} FROM event_moments
      WHERE ${eventPredicate(this.match, this.moment)} AND ${boundsPredicate({ from, to })}`);
  }
}
