import { queryOptions } from "@tanstack/react-query";
import { type Funnel, type FunnelStepResult, listFunnels, previewFunnel } from "@/core/api/funnels";
import { call } from "../call";

export interface LargestDrop {
  funnel: Funnel;
  /** Numbered from 1: the people reached it and not the one after. */
  step: number;
  from: FunnelStepResult;
  to: FunnelStepResult;
}

/** Where the funnel that was changed last loses the most people; null when no funnel loses any. */
export const largestDropQuery = queryOptions({
  queryKey: ["funnels", "largest-drop"],
  queryFn: async ({ signal }): Promise<LargestDrop | null> => {
    const { items } = await call(listFunnels, { signal });
    const funnel = items.find((item) => item.archivedAt === null && item.funnel.steps.length > 1);
    if (!funnel) return null;
    const { steps } = await call(previewFunnel, { body: { funnel: funnel.funnel }, signal });
    const drops = steps.slice(0, -1).flatMap((from, index) => {
      const to = steps[index + 1];
      return to && from.dropped > 0 ? [{ funnel, step: index + 1, from, to }] : [];
    });
    return drops.sort((a, b) => b.from.dropped - a.from.dropped)[0] ?? null;
  },
  staleTime: 60_000,
});
