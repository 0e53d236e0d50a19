import * as z from "zod";
import type { AlertRule } from "../../core/alerts/rule";
import { countWords, minuteWords } from "../../core/alerts/words";
import { param, sql } from "../event-store/sql";
import type { Finding, Look } from "./finding";

const hourMs = 3_600_000;
const row = z.strictObject({ id: z.string(), since: z.int(), after: z.int(), edited: z.int() });

/** Audiences whose size differs from the one before, both by the log of changes. One that was not there before cannot have jumped. */
export async function audiencesJumped(
  rule: Extract<AlertRule, { kind: "audience_jumped" }>,
  { stores: { metadata, eventStore, memberships }, now }: Look,
): Promise<Finding[]> {
  const then = now.getTime() - rule.hours * hourMs;
  const audiences = await metadata.audience.findMany({
    where: {
      archivedAt: null,
      createdAt: { lte: new Date(then) },
      ...(rule.audienceId !== null && { id: rule.audienceId }),
    },
    select: { id: true, name: true },
    orderBy: { id: "asc" },
  });
  const held = audiences.flatMap(({ id, name }) => {
    const current = memberships.current(id);
    return current === undefined ? [] : [{ id, name, size: current.members.count, cursor: current.cursor }];
  });
  if (held.length === 0) return [];
  // Those of one moment have one cursor, up to which their log is read.
  const cursor = Math.min(...held.map((one) => one.cursor));
  const net = (from: number) => sql`sumIf(if(change.entered = 1, 1, -1), at > ${param.moment(from)})`;
  const rows = await eventStore.query(
    sql`SELECT CAST(audience_id, 'String') AS id, ${net(then)} AS since, ${net(now.getTime())} AS after,
        countIf(cause = 'definition' AND at <= ${param.moment(now.getTime())}) AS edited
      FROM membership_changes AS change
      WHERE has(${param.strings(held.map(({ id }) => id))}, CAST(audience_id, 'String'))
        AND at > ${param.moment(then)} AND change.cursor <= ${param.uint64(cursor)}
      GROUP BY audience_id`,
    row,
  );
  const changes = new Map(rows.map((one) => [one.id, one]));
  return held.flatMap(({ id, name, size }) => {
    const change = changes.get(id);
    if (change === undefined) return [];
    const [before, after] = [size - change.since, size - change.after];
    if (!hasJumped(rule, before, after)) return [];
    const grown = after > before;
    const by = Math.abs(after - before);
    const share =
      before === 0 ? "" : `, ${((by / before) * 100).toLocaleString("en-US", { maximumFractionDigits: 1 })}%`;
    const why = change.edited > 0 ? " Its definition was changed in that time." : "";
    const text = `${name} ${grown ? "grew" : "shrank"} from ${before.toLocaleString("en-US")} to ${countWords(after, "person", "people")} within ${minuteWords(rule.hours * 60)} (${grown ? "+" : "\u2212"}${by.toLocaleString("en-US")}${share}).${why}`;
    return [{ subjectId: id, subjectName: name, text, since: now }];
  });
}

/** By more than the share, and by at least so many people. From nobody, any number is more than any share. */
export function hasJumped(
  {
    direction,
    percent,
    people,
  }: Pick<Extract<AlertRule, { kind: "audience_jumped" }>, "direction" | "percent" | "people">,
  before: number,
  after: number,
): boolean {
  const by = after - before;
  if (direction === "grew" && by < 0) return false;
  if (direction === "shrank" && by > 0) return false;
  return Math.abs(by) >= people && Math.abs(by) * 100 > percent * before;
}
