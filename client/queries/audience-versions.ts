import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation } from "@tanstack/react-query";
import { compareVersions, listVersions, restoreVersion } from "@/core/api/audience-versions";
import { audienceUsage } from "@/core/api/audiences";
import { call } from "../call";
import { audiencesKey, useAudiencesChanged } from "./audiences";

export function versionsQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: [...audiencesKey, id, "versions"],
    queryFn: ({ pageParam, signal }) =>
      call(listVersions, { params: { id }, query: { cursor: pageParam || undefined }, signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** One version by its number; null where there is none. */
export function versionQuery(id: string, version: number) {
  return queryOptions({
    queryKey: [...audiencesKey, id, "version", version],
    queryFn: ({ signal }) =>
      call(listVersions, { params: { id }, query: { limit: 1, cursor: String(version + 1) }, signal }),
    select: (page) => page.items.find((found) => found.version === version) ?? null,
    // What a version says never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function compareVersionsQuery(id: string, before: number, after: number) {
  return queryOptions({
    queryKey: [...audiencesKey, id, "compare", before, after],
    queryFn: ({ signal }) => call(compareVersions, { params: { id }, query: { before, after, limit: 0 }, signal }),
    placeholderData: keepPreviousData,
  });
}

/** Where an audience is used; as of the moment of asking, for it decides whether the audience can be archived. */
export function usageQuery(id: string) {
  return queryOptions({
    queryKey: [...audiencesKey, id, "usage"],
    queryFn: ({ signal }) => call(audienceUsage, { params: { id }, query: { limit: 1_000 }, signal }),
    select: (page) => page.items,
    staleTime: 0,
  });
}

export function useRestoreVersion() {
  const changed = useAudiencesChanged();
  return useMutation({
    mutationFn: ({ id, version }: { id: string; version: number }) =>
      call(restoreVersion, { params: { id }, body: { version } }),
    onSuccess: changed,
  });
}
