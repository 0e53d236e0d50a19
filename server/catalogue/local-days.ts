import { Temporal } from "temporal-polyfill";
import { param, type Sql, sql } from "@/server/event-store/sql";

const dayMs = 86_400_000;

export interface LocalDays {
  /** The first moment of the first day, in milliseconds since the epoch. */
  from: number;
  /** ISO dates, oldest first; the last one is the day of `now`. */
  days: readonly string[];
  /** The position in `days` of a DateTime64 that is not before `from`. */
  indexOf(timestamp: Sql): Sql;
}

/**
 * The last `count` calendar days of a zone as of `now`. The engine is handed the offsets rather than the zone's name, for
 * its zone data may be of another year.
 */
export function localDays(now: number, timeZone: string, count: number): LocalDays {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).startOfDay();
  const first = today.toPlainDate().subtract({ days: count - 1 });
  const start = first.toZonedDateTime(timeZone);
  const offsets: { from: number; offset: number }[] = [];
  for (
    let moment: Temporal.ZonedDateTime | null = start;
    moment !== null && moment.epochMilliseconds <= now;
    moment = moment.getTimeZoneTransition("next")
  ) {
    offsets.push({ from: moment.epochMilliseconds, offset: moment.offsetNanoseconds / 1e6 });
  }
  const firstDay = Temporal.PlainDate.from("1970-01-01").until(first, { largestUnit: "days" }).days;
  return {
    from: start.epochMilliseconds,
    days: Array.from({ length: count }, (_, index) => first.add({ days: index }).toString()),
    indexOf(timestamp) {
      const offset = offsets.reduce<Sql>(
        (earlier, { from, offset }) =>
          sql`if(${timestamp} >= ${param.moment(from)}, ${param.int64(offset)}, ${earlier})`,
        sql`0`,
      );
      return sql`toInt32(intDiv(toUnixTimestamp64Milli(${timestamp}) + ${offset}, ${param.int64(dayMs)}) - ${param.int64(firstDay)})`;
    },
  };
}
