import type { FunnelEntryPeriod } from "../api/funnels";
import { dayOf, mondayOf } from "../audience/calendar";
import type { Chain } from "./chain";
import type { EntryUnit } from "./figure";

const dayMs = 86_400_000;

/** The day of the zone, or its week's Monday, in days since 1970-01-01. */
export function entryDay(startedAt: number, unit: EntryUnit, timeZone: string): number {
  const day = dayOf(startedAt, timeZone);
  return unit === "day" ? day : mondayOf(day);
}

/** 2026-11-23 of a day since 1970-01-01. */
export function dateOfDay(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** Counts people by the day or week in which their chain began. */
export class EntryPeriods {
  readonly #byDay = new Map<number, { people: number[]; pending: number }>();

  constructor(
    readonly unit: EntryUnit,
    readonly timeZone: string,
    readonly steps: number,
  ) {}

  add({ depth, events, reached }: Chain, times: Float64Array, open: boolean): void {
    const day = entryDay(times[events[0] ?? 0] ?? 0, this.unit, this.timeZone);
    let period = this.#byDay.get(day);
    if (!period) {
      period = { people: Array.from({ length: this.steps }, () => 0), pending: 0 };
      this.#byDay.set(day, period);
    }
    for (let step = 0; step < this.steps; step += 1) {
      if ((reached & (1 << step)) !== 0) period.people[step] = (period.people[step] ?? 0) + 1;
    }
    if (open && depth < this.steps) period.pending += 1;
  }

  /** Without gaps from the first period in which anybody entered to the last. Counts are multiplied by `scale`. */
  figures(scale: number): FunnelEntryPeriod[] {
    const days = [...this.#byDay.keys()].sort((a, b) => a - b);
    const [first, last] = [days[0], days.at(-1)];
    if (first === undefined || last === undefined) return [];
    const length = this.unit === "day" ? 1 : 7;
    return Array.from({ length: (last - first) / length + 1 }, (_, index) => {
      const day = first + index * length;
      const { people = Array.from({ length: this.steps }, () => 0), pending = 0 } = this.#byDay.get(day) ?? {};
      return { date: dateOfDay(day), people: people.map((count) => count * scale), pending: pending * scale };
    });
  }
}
