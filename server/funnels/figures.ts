import * as z from "zod";
import type { FunnelStepResult, FunnelTimes } from "@/core/api/funnels";
import { type FunnelFigures, fraction } from "@/core/funnel/summarize";
import type { EventStore, QueryOptions } from "@/server/event-store/event-store";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { type ChainQuery, chains } from "./chains";

/** Median and 90th percentile. */
const quantiles = z.array(z.number().nullable());
/** Lists have one value for each step that somebody reached, times in milliseconds; what nobody has is null or absent. */
const figuresRow = z.strictObject({
  reached: z.array(z.int()),
  open: z.array(z.int()),
  mean: z.array(z.number()),
  quantiles: z.array(quantiles),
  endMean: z.number().nullable(),
  endQuantiles: quantiles,
});

/** The figures of each step, in one pass over the chains; as `summarizeFunnel` of core/funnel has them. */
export async function funnelFigures(
  eventStore: EventStore,
  query: ChainQuery,
  labels: readonly string[],
  options?: QueryOptions,
): Promise<FunnelFigures> {
  const [row] = await eventStore.query(figures(query), figuresRow, { heavy: true, ...options });
  if (!row) throw new Error("An aggregate without groups answered no row");
  const last = labels.length - 1;
  const reached = (step: number) => row.reached[step] ?? 0;
  const open = (step: number) => row.open[step] ?? 0;
  const steps = labels.map(
    (label, step): FunnelStepResult => ({
      label,
      people: reached(step),
      fromFirst: fraction(reached(step), reached(0)),
      fromPrevious: fraction(reached(step), reached(Math.max(0, step - 1))),
      dropped: step === last ? 0 : reached(step) - reached(step + 1),
      pending: step === last ? 0 : open(step) - open(step + 1),
      seconds: step === 0 ? undefined : times(row.mean[step - 1], row.quantiles[step - 1]),
    }),
  );
  return { steps, startToEnd: times(row.endMean, row.endQuantiles) };
}

function times(
  mean: number | null | undefined,
  [median, p90]: readonly (number | null)[] = [],
): FunnelTimes | undefined {
  if (mean == null || median == null || p90 == null) return undefined;
  return { mean: mean / 1000, median: median / 1000, p90: p90 / 1000 };
}

function figures(query: ChainQuery): Sql {
  const { steps, moment, windowMs } = query;
  const open = windowMs === null ? sql`1` : sql`times[1] >= ${param.int64(moment.now - windowMs)}`;
  const finished = sql`times[-1] - times[1], depth > 1 AND depth = ${param.uint32(steps.length)}`;
  return sql`
    SELECT
      countForEach(times) AS reached,
      countForEachIf(times, ${open}) AS open,
      avgForEach(gaps) AS mean,
      quantilesExactInclusiveForEach(0.5, 0.9)(gaps) AS quantiles,
      avgIf(${finished}) AS endMean,
      quantilesExactInclusiveIf(0.5, 0.9)(${finished}) AS endQuantiles
    FROM (SELECT depth, times, arrayPopFront(arrayDifference(times)) AS gaps FROM (${chains(query)}))`;
}
