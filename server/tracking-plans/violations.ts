import * as z from "zod";
import type { ViolationGroup } from "@/core/api/tracking-plan";
import { jsonValue } from "@/core/event/json";
import { nearestName } from "@/core/nearest-name";
import { violationKinds } from "@/core/tracking-plan/violation";
import { localDays } from "@/server/catalogue/local-days";
import { param, sql } from "@/server/event-store/sql";
import type { Services } from "@/server/services";
import { getWorkspace } from "@/server/workspace/workspace";
import { getPlan } from "./plans";

const defaultDays = 30;
const maxExamples = 5;
/** Groups that are answered, those of the most messages. */
const maxGroups = 1_000;

const groupRow = z.strictObject({
  kind: z.enum(violationKinds),
  type: z.string(),
  event: z.string(),
  property: z.string(),
  count: z.int(),
  marked: z.int(),
  dropped: z.int(),
  blocked: z.int(),
  firstAt: z.string(),
  lastAt: z.string(),
  daily: z.array(z.tuple([z.int(), z.int()])),
  examples: z.array(z.string()),
});
const example = z.strictObject({
  at: z.number(),
  messageId: z.string(),
  userId: z.string(),
  anonymousId: z.string(),
  message: z.string(),
  value: jsonValue,
});

type Verbs = Pick<Services, "eventStore" | "metadata" | "figures" | "now">;

/** What went against the plan in the last days of the workspace's zone, in groups. */
export async function listViolations(
  services: Verbs,
  { days = defaultDays, sourceId }: { days?: number | undefined; sourceId?: string | undefined },
  signal?: AbortSignal,
): Promise<{ days: string[]; items: ViolationGroup[]; asOf: string }> {
  await services.figures.flush();
  const now = services.now().getTime();
  const [{ timeZone }, { definition }] = await Promise.all([getWorkspace(services.metadata), getPlan(services)]);
  const calendar = localDays(now, timeZone, days);
  const source = sourceId === undefined ? sql`1` : sql`source = ${param.string(sourceId)}`;
  const rows = await services.eventStore.query(
    sql`SELECT kind, type, event, property, sum(number) AS count,
        sumIf(number, enforced = 'mark') AS marked, sumIf(number, enforced = 'drop') AS dropped,
        sumIf(number, enforced = 'block') AS blocked, min(first) AS firstAt, max(last) AS lastAt,
        arrayMap(one -> (one.1, toInt64(one.2)), arrayZip(sumMap([day], [number]).1, sumMap([day], [number]).2)) AS daily,
        arraySlice(arrayFlatten(groupArray(some)), 1, ${param.uint32(maxExamples)}) AS examples
      FROM (
        SELECT kind, type, event, property, enforced, hour, sum(messages) AS number, min(first_at) AS first,
          max(last_at) AS last, anyLast(plan_violations.examples) AS some,
          ${calendar.indexOf(sql`toDateTime64(hour, 3, 'UTC')`)} AS day
        FROM plan_violations WHERE ${source} AND hour >= toDateTime(${param.moment(calendar.from)}) - INTERVAL 1 HOUR
        GROUP BY kind, type, event, property, enforced, hour ORDER BY hour DESC
      )
      GROUP BY kind, type, event, property ORDER BY count DESC, type, event, property, kind
      LIMIT ${param.uint32(maxGroups)}`,
    groupRow,
    { signal },
  );
  const names = definition.rules.flatMap(({ type, event }) => (type === "track" && event !== undefined ? [event] : []));
  const propertiesOf = (type: string, event: string) =>
    definition.rules.find((rule) => rule.type === type && (rule.event ?? "") === event)?.properties ?? [];
  const items = rows.map(({ daily, examples: texts, ...row }): ViolationGroup => {
    const examples = texts.map((text) => example.parse(JSON.parse(text)));
    const counts = calendar.days.map(() => 0);
    for (const [day, count] of daily) counts[Math.max(0, day)] = (counts[Math.max(0, day)] ?? 0) + count;
    return {
      ...row,
      message: examples[0]?.message ?? "",
      daily: counts,
      nearest: nearest(
        row,
        names,
        propertiesOf(row.type, row.event).map(({ name }) => name),
      ),
      examples: examples.map((one) => ({ ...one, at: new Date(one.at).toISOString() })),
    };
  });
  return { days: [...calendar.days], items, asOf: new Date(now).toISOString() };
}

/** What was probably meant by a name that the plan does not know. */
function nearest(
  { kind, type, event, property }: Pick<ViolationGroup, "kind" | "type" | "event" | "property">,
  events: readonly string[],
  properties: readonly string[],
): string | null {
  if (kind === "unplanned_event" && type === "track") return nearestName(event, events) ?? null;
  if (kind === "unplanned_property") return nearestName(property, properties) ?? null;
  return null;
}
