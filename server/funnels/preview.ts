import type { FunnelFigures, FunnelPreview } from "@/core/api/funnels";
import type { FunnelDefinition } from "@/core/funnel/definition";
import type { EntryUnit } from "@/core/funnel/figure";
import { stepLabels } from "@/core/funnel/label";
import type { FunnelRange } from "@/core/funnel/rules";
import { FunnelSurvey } from "@/core/funnel/survey";
import { validateFunnel } from "@/core/funnel/validate";
import { validateRange } from "@/core/funnel/validate-rules";
import { candidates } from "@/server/audiences/compile/candidates";
import { readSets } from "@/server/audiences/compile/set-reader";
import { audienceContext, momentOf } from "@/server/audiences/context";
import type { EventStore } from "@/server/event-store/event-store";
import type { Services } from "@/server/services";
import { type FunnelQuery, funnelQuery } from "./funnel-query";
import { type WalkOptions, walkFunnel } from "./walk";

interface PreviewInput {
  funnel: FunnelDefinition;
  asOf?: string | undefined;
  overTime?: EntryUnit | undefined;
  compare?: FunnelRange | undefined;
  sample?: number | undefined;
  groups?: number | undefined;
}

const defaultGroups = 1_000;
/** So many people tell shares to a percent or so: where a sample would have more, fewer are looked at. */
const enoughPeople = 30_000;

/** The figures of a funnel as of a moment, now unless told. Errors: `invalid`, `timed_out`, `cancelled`. */
export async function previewFunnel(
  services: Pick<Services, "eventStore" | "metadata" | "now">,
  { funnel, asOf, compare, sample: wanted, ...wishes }: PreviewInput,
  signal?: AbortSignal,
): Promise<FunnelPreview> {
  const startedAt = performance.now();
  const now = momentOf(services, asOf);
  const context = await audienceContext(services, now);
  validateFunnel(funnel, context);
  if (compare) validateRange(compare, "compare", context.timeZone);
  const sample = wanted && (await sampleOf(services.eventStore, wanted, now, signal));
  const [figures, compared] = await funnelFigures(services.eventStore, funnelQuery(funnel, context, compare), wishes, {
    signal,
    sample,
  });
  if (!figures) throw new Error("A funnel was asked for without a range");
  return {
    asOf: new Date(now).toISOString(),
    ...figures,
    ...(compare && compared && { compare: { range: compare, ...compared } }),
    ...(sample !== undefined && { sample: { of: sample } }),
    tookMs: Math.round(performance.now() - startedAt),
  };
}

/** One of so many people are looked at: as many as asked for, or fewer where that is enough. */
async function sampleOf(store: EventStore, wanted: number, now: number, signal: AbortSignal | undefined) {
  const [everybody] = await readSets(store, [candidates(now, true)], { signal });
  return Math.max(wanted, Math.floor((everybody?.count ?? 0) / enoughPeople));
}

/** The figures for each of the query's ranges. */
export async function funnelFigures(
  eventStore: EventStore,
  query: FunnelQuery,
  { overTime, groups = defaultGroups }: Pick<PreviewInput, "overTime" | "groups"> = {},
  options: WalkOptions = {},
): Promise<FunnelFigures[]> {
  const { rules, plans, context } = query;
  const { now, timeZone } = context;
  const wishes = { breakdown: rules.breakdown !== undefined, overTime, timeZone };
  const surveys = plans.map((plan) => new FunnelSurvey(plan, wishes));
  await walkFunnel(
    eventStore,
    query,
    ({ chain, times, value }, plan) => {
      surveys[plan]?.add(chain, times, now, value);
      return true;
    },
    options,
  );
  const labels = stepLabels(rules);
  return surveys.map((survey) => survey.figures(labels, { groups, scale: options.sample ?? 1 }));
}
