import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation } from "@tanstack/react-query";
import { compareFunnelVersions, listFunnelVersions, restoreFunnelVersion } from "@/core/api/funnel-versions";
import { call } from "../call";
import { funnelsKey, useFunnelsChanged } from "./funnels";

export function funnelVersionsQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: [...funnelsKey, id, "versions"],
    queryFn: ({ pageParam, signal }) =>
      call(listFunnelVersions, { params: { id }, query: { cursor: pageParam || undefined }, signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

export function compareFunnelVersionsQuery(id: string, before: number, after: number) {
  return queryOptions({
    queryKey: [...funnelsKey, id, "compare", before, after],
    queryFn: ({ signal }) => call(compareFunnelVersions, { params: { id }, query: { before, after }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function useRestoreFunnelVersion() {
  const changed = useFunnelsChanged();
  return useMutation({
    mutationFn: ({ id, version }: { id: string; version: number }) =>
      call(restoreFunnelVersion, { params: { id }, body: { version } }),
    onSuccess: changed,
  });
}
