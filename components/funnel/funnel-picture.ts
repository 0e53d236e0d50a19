import { comparedScope, type FigureScope, groupScope, scopeOf } from "@/client/funnel-figures/figure";
import { groupName, groupsToDraw, splitName } from "@/client/funnel-figures/groups";
import type { AudienceWithCount } from "@/core/api/audiences";
import type { FunnelPreview } from "@/core/api/funnels";
import type { JsonValue } from "@/core/event/message";
import type { FunnelDefinition } from "@/core/funnel/definition";
import type { FunnelPicture, FunnelSeries } from "../charts/funnel-layout";
import { othersLook, seriesLook } from "../charts/series";

interface PictureOf extends FunnelPicture {
  scope: FigureScope;
  /** What the groups are of, and what each is called; absent without a breakdown. */
  split?: { by: string; nameOf: (value: JsonValue) => string };
}

/** What is drawn of an answer: everybody, the range that is compared with, and the largest groups. */
export function funnelPicture(
  funnel: FunnelDefinition,
  preview: FunnelPreview,
  audiences: readonly AudienceWithCount[] | undefined,
): PictureOf {
  const scope = scopeOf(funnel, preview);
  const compared = comparedScope(funnel, preview);
  const { breakdown } = funnel;
  const common = { scope, ...(compared && { compared }) };
  if (!breakdown || !preview.breakdown) return { ...common, series: [] };
  const audienceId = "audienceId" in breakdown ? breakdown.audienceId : undefined;
  const audienceName = audiences?.find(({ id }) => id === audienceId)?.name;
  const nameOf = (value: JsonValue) => groupName(value, breakdown, audienceName);
  const { groups, others } = groupsToDraw(preview);
  const series = groups.map((group, index): FunnelSeries => {
    const name = nameOf(group.value);
    return { name, look: seriesLook(index), steps: group.steps, scope: groupScope(scope, group, name) };
  });
  const rest = others && { name: `${others.count} others`, look: othersLook, steps: others.steps };
  return {
    ...common,
    series: rest ? [...series, rest] : series,
    split: { by: splitName(breakdown, audienceName), nameOf },
  };
}
