import { Temporal } from "temporal-polyfill";
import * as z from "zod";
import type { DayOfChanges } from "@/core/api/memberships";
import { calendarBounds } from "@/core/audience/calendar";
import { param, sql } from "@/server/event-store/sql";
import type { Services } from "@/server/services";
import { getWorkspace } from "@/server/workspace/workspace";

const countRow = z.strictObject({
  place: z.int(),
  entered: z.int(),
  exited: z.int(),
  enteredAnew: z.int(),
  exitedAnew: z.int(),
});

/** How many times people entered and left on each of the last days of the workspace's zone, by `at`, today first. */
export async function changesByDay(
  { eventStore, metadata, now: clock }: Pick<Services, "eventStore" | "metadata" | "now">,
  audienceId: string,
  days = 30,
): Promise<{ items: DayOfChanges[]; asOf: string }> {
  const now = clock().getTime();
  const { timeZone } = await getWorkspace(metadata);
  const spans: { from: number; to: number }[] = [];
  for (let moment = now; spans.length < days; ) {
    const span = calendarBounds("today", { now: moment, timeZone });
    spans.push(span);
    moment = span.from - 1;
  }
  const starts = spans.map(({ from }) => from).reverse();
  // How many of the days have begun by then says which one it is.
  const rows = await eventStore.query(
    sql`SELECT toUInt32(arrayCount(start -> start <= toUnixTimestamp64Milli(at), CAST(${param.strings(starts.map(String))}, 'Array(Int64)'))) AS place,
        countIf(change.entered = 1) AS entered, countIf(change.entered = 0) AS exited,
        countIf(change.entered = 1 AND cause = 'definition') AS enteredAnew, countIf(change.entered = 0 AND cause = 'definition') AS exitedAnew
      FROM membership_changes AS change
      WHERE audience_id = ${param.string(audienceId)} AND at >= ${param.moment(starts[0] ?? now)} AND at < ${param.moment(spans[0]?.to ?? now)}
      GROUP BY place`,
    countRow,
  );
  const counts = new Map(rows.map((row) => [row.place, row]));
  return {
    items: spans.map(({ from, to }, index) => {
      const { entered = 0, exited = 0, enteredAnew = 0, exitedAnew = 0 } = counts.get(spans.length - index) ?? {};
      return {
        day: Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone).toPlainDate().toString(),
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
        entered,
        exited,
        byDefinition: { entered: enteredAnew, exited: exitedAnew },
      };
    }),
    asOf: new Date(now).toISOString(),
  };
}
