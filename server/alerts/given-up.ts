import * as z from "zod";
import type { AlertRule } from "../../core/alerts/rule";
import { countWords, minuteWords } from "../../core/alerts/words";
import { param, sql } from "../event-store/sql";
import type { Finding, Look } from "./finding";
import { forwardingName, syncName } from "./sync-failing";

const hourMs = 3_600_000;
const named = { select: { name: true } } as const;
const row = z.strictObject({ id: z.string(), deliveries: z.int(), since: z.int() });

/** Syncs, and what is sent on, with deliveries whose last attempt within the span gave them up. */
export async function deliveriesGivenUp(
  { destinationId, deliveries, hours }: Extract<AlertRule, { kind: "deliveries_given_up" }>,
  { stores: { metadata, eventStore }, now }: Look,
): Promise<Finding[]> {
  const where = destinationId === null ? {} : { destinationId };
  const [syncs, forwardings] = await Promise.all([
    metadata.sync.findMany({ where, select: { id: true, audience: named, destination: named } }),
    metadata.forwarding.findMany({ where, select: { id: true, destination: named } }),
  ]);
  const names = new Map([
    ...syncs.map((sync): [string, string] => [sync.id, syncName(sync)]),
    ...forwardings.map((forwarding): [string, string] => [forwarding.id, forwardingName(forwarding)]),
  ]);
  if (names.size === 0) return [];
  const from = now.getTime() - hours * hourMs;
  const rows = await eventStore.query(
    sql`SELECT CAST(sync, 'String') AS id, count() AS deliveries, toUnixTimestamp64Milli(min(last_at)) AS since FROM (
        SELECT sync, key, argMax(result, (deliveries.at, attempt)) AS last, max(deliveries.at) AS last_at FROM deliveries
        WHERE has(${param.strings([...names.keys()])}, CAST(sync, 'String'))
          AND deliveries.at > ${param.moment(from)} AND deliveries.at <= ${param.moment(now.getTime())}
        GROUP BY sync, key
      ) WHERE last = 'gave_up' GROUP BY sync HAVING deliveries >= ${param.uint32(deliveries)} ORDER BY id`,
    row,
  );
  return rows.map(({ id, since, ...found }) => {
    const name = names.get(id) ?? id;
    const text = `${name} gave up ${countWords(found.deliveries, "delivery", "deliveries")} within ${minuteWords(hours * 60)}.`;
    return { subjectId: id, subjectName: name, text, since: new Date(since) };
  });
}
