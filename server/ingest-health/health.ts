import * as z from "zod";
import type { AnswerOf } from "@/core/api/endpoint";
import type { getIngestHealth, IngestCounts, IngestInterval } from "@/core/api/ingest-health";
import { localDays } from "@/server/catalogue/local-days";
import { param, type Sql, sql } from "@/server/event-store/sql";
import type { Services } from "@/server/services";
import { getWorkspace } from "@/server/workspace/workspace";

type Health = AnswerOf<typeof getIngestHealth>;

const lengthMs = { minute: 60_000, hour: 3_600_000 } as const;
const usual = { minute: 60, hour: 48, day: 30 } as const satisfies Record<IngestInterval, number>;

const countRow = z.strictObject({ bucket: z.int(), source: z.string(), outcome: z.string(), messages: z.int() });
const reasonRow = z.strictObject({
  verdict: z.enum(["refused", "blocked"]),
  code: z.string(),
  count: z.int(),
  lastAt: z.string(),
});

const outcomes = {
  accepted: "accepted",
  duplicate: "duplicate",
  refused: "refused",
  blocked: "blocked",
  replayed: "replayed",
  late: "late",
  future: "future",
  wrong_clock: "wrongClock",
  turned_away: "turnedAway",
  limited: "limited",
} as const satisfies Record<string, keyof IngestCounts>;
const received: ReadonlySet<string> = new Set(["accepted", "duplicate", "refused", "blocked"]);
const isOutcome = (name: string): name is keyof typeof outcomes => Object.hasOwn(outcomes, name);

interface Asked {
  sourceId?: string | undefined;
  interval?: IngestInterval | undefined;
  last?: number | undefined;
}

/** What came in up to now, the answer just given included. */
export async function readIngestHealth(
  services: Pick<Services, "eventStore" | "metadata" | "figures" | "now">,
  { sourceId, interval = "minute", last = usual[interval] }: Asked,
  signal?: AbortSignal,
): Promise<Health> {
  await services.figures.flush();
  const now = services.now().getTime();
  const { timeZone } = await getWorkspace(services.metadata);
  const { starts, indexOf } = spans(now, timeZone, interval, last);
  const from = starts[0] ?? now;
  const where = sql`minute >= toDateTime(${param.moment(from)}) ${
    sourceId === undefined ? sql`` : sql`AND source = ${param.string(sourceId)}`
  }`;
  const [rows, reasons] = await Promise.all([
    services.eventStore.query(
      sql`SELECT ${indexOf(sql`toDateTime64(minute, 3, 'UTC')`)} AS bucket, source, outcome, sum(messages) AS messages
        FROM ingest_minutes WHERE ${where} GROUP BY bucket, source, outcome`,
      countRow,
      { signal },
    ),
    services.eventStore.query(
      sql`SELECT outcome AS verdict, code, sum(messages) AS count, toDateTime64(max(minute), 3, 'UTC') AS lastAt
        FROM ingest_minutes WHERE ${where} AND outcome IN ('refused', 'blocked')
        GROUP BY outcome, code ORDER BY count DESC, code`,
      reasonRow,
      { signal },
    ),
  ]);
  const total = noCounts();
  const buckets = starts.map((start) => ({ at: new Date(start).toISOString(), ...noCounts() }));
  const bySource = new Map<string, IngestCounts>();
  for (const { bucket, source, outcome, messages } of rows) {
    if (!isOutcome(outcome)) continue;
    const own = bySource.get(source) ?? noCounts();
    bySource.set(source, own);
    for (const counts of [total, own, buckets[bucket]]) {
      if (counts === undefined) continue;
      counts[outcomes[outcome]] += messages;
      if (received.has(outcome)) counts.received += messages;
    }
  }
  const sources = [...bySource].map(([id, counts]) => ({ sourceId: id, ...counts }));
  return { asOf: new Date(now).toISOString(), interval, total, buckets, reasons, sources };
}

function noCounts(): IngestCounts {
  return {
    received: 0,
    accepted: 0,
    duplicate: 0,
    refused: 0,
    blocked: 0,
    replayed: 0,
    late: 0,
    future: 0,
    wrongClock: 0,
    turnedAway: 0,
    limited: 0,
  };
}

interface Spans {
  /** The first moment of each, oldest first. */
  starts: number[];
  /** The position of a moment among them. */
  indexOf(moment: Sql): Sql;
}

/** Days are the workspace's own; minutes and hours are those of UTC. */
function spans(now: number, timeZone: string, interval: IngestInterval, count: number): Spans {
  if (interval === "day") {
    const calendar = localDays(now, timeZone, count);
    const starts = calendar.days.map((_, index) => localDays(now, timeZone, count - index).from);
    return { starts, indexOf: calendar.indexOf };
  }
  const length = lengthMs[interval];
  const first = (Math.floor(now / length) - count + 1) * length;
  return {
    starts: Array.from({ length: count }, (_, index) => first + index * length),
    indexOf: (moment) =>
      sql`toInt32(intDiv(toUnixTimestamp64Milli(${moment}) - ${param.int64(first)}, ${param.int64(length)}))`,
  };
}
