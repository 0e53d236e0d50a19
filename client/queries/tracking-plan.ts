import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { BodyOf } from "@/core/api/endpoint";
import {
  exportPlan,
  getPlan,
  listPlanVersions,
  listViolations,
  readPlanFile,
  restorePlan,
  savePlan,
  setEnforcement,
  suggestRules,
} from "@/core/api/tracking-plan";
import { call } from "../call";

const planKey = ["tracking-plan"] as const;

export const planQuery = queryOptions({
  queryKey: [...planKey, "plan"],
  queryFn: ({ signal }) => call(getPlan, { signal }),
});

export const suggestionsQuery = queryOptions({
  queryKey: [...planKey, "suggestions"],
  queryFn: ({ signal }) => call(suggestRules, { signal }),
  select: ({ items }) => items,
  staleTime: 0,
});

export const planVersionsQuery = infiniteQueryOptions({
  queryKey: [...planKey, "versions"],
  queryFn: ({ pageParam, signal }) => call(listPlanVersions, { query: { cursor: pageParam || undefined }, signal }),
  initialPageParam: "",
  getNextPageParam: (page) => page.nextCursor ?? undefined,
});

/** What went against the plan, followed while it is looked at. */
export function violationsQuery(days: number, sourceId: string | undefined) {
  return queryOptions({
    queryKey: [...planKey, "violations", days, sourceId],
    queryFn: ({ signal }) => call(listViolations, { query: { days, sourceId }, signal }),
    refetchInterval: 10_000,
    placeholderData: (previous) => previous,
  });
}

function usePlanChanged() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: planKey });
}

export function useSavePlan() {
  const changed = usePlanChanged();
  return useMutation({
    mutationFn: (body: BodyOf<typeof savePlan>) => call(savePlan, { body }),
    onSuccess: changed,
  });
}

export function useRestorePlan() {
  const changed = usePlanChanged();
  return useMutation({
    mutationFn: (version: number) => call(restorePlan, { body: { version } }),
    onSuccess: changed,
  });
}

export function useSetEnforcement() {
  const changed = usePlanChanged();
  return useMutation({
    mutationFn: ({ id, ...body }: BodyOf<typeof setEnforcement> & { id: string }) =>
      call(setEnforcement, { params: { id }, body }),
    onSuccess: changed,
  });
}

/** Reads a plan out of the text of a file, without saving it. */
export function useReadPlan() {
  return useMutation({
    mutationFn: (body: BodyOf<typeof readPlanFile>) => call(readPlanFile, { body }),
  });
}

export function readExport() {
  return call(exportPlan);
}

/** What has been seen of one event, as a rule. */
export function readSuggestion(type: "track" | "page" | "screen" | "identify" | "group", event: string) {
  return call(suggestRules, { query: { type, event } });
}
