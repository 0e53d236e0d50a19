import * as z from "zod";
import type { AlertRule } from "../../core/alerts/rule";
import { param, sql } from "../event-store/sql";
import type { Finding, Look } from "./finding";

const minuteMs = 60_000;
const weekMs = 7 * 86_400_000;
/** After a start, senders that could not reach us have so long to come again. */
const graceMs = 5 * minuteMs;
const row = z.strictObject({ source: z.string() });

/** Sources that were heard from before and have sent nothing that was accepted for at least so long. */
export async function sourcesSilent(
  { sourceId, minutes, onlyIfWeekBefore }: Extract<AlertRule, { kind: "source_silent" }>,
  { stores, now, shown, isOpen }: Look,
): Promise<Finding[]> {
  const moment = now.getTime();
  const spanMs = minutes * minuteMs;
  const [sources, heard] = await Promise.all([
    stores.metadata.source.findMany({
      // What Foothold makes by itself, for files and for the sample, is not expected to send.
      where: { enabled: true, archivedAt: null, ...(sourceId === null ? { origin: null } : { id: sourceId }) },
      select: { id: true, name: true },
      orderBy: { id: "asc" },
    }),
    stores.lastAccepted.all(),
  ]);
  const isEarly = moment - stores.lastAccepted.openedAt < Math.min(graceMs, spanMs);
  const silent = sources.flatMap(({ id, name }) => {
    const last = heard.get(id);
    if (last === undefined || moment - last < spanMs || (isEarly && !isOpen(id))) return [];
    const since = new Date(last);
    return [{ subjectId: id, subjectName: name, text: `${name} has sent nothing since ${shown(since)}.`, since }];
  });
  if (!onlyIfWeekBefore || silent.length === 0) return silent;
  const rows = await stores.eventStore.query(
    sql`SELECT CAST(source, 'String') AS source FROM ingest_minutes
      WHERE outcome = 'accepted' AND has(${param.strings(silent.map((one) => one.subjectId))}, CAST(source, 'String'))
        AND minute >= toDateTime(${param.moment(moment - weekMs - spanMs)}) AND minute < toDateTime(${param.moment(moment - weekMs)})
      GROUP BY source HAVING sum(messages) > 0`,
    row,
  );
  const usual = new Set(rows.map(({ source }) => source));
  // One that began to be silent while it usually sends stays so until it is heard from.
  return silent.filter(({ subjectId }) => usual.has(subjectId) || isOpen(subjectId));
}
