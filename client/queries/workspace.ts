import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { AnswerOf, BodyOf } from "@/core/api/endpoint";
import { getOverview, getWorkspace, updateWorkspace } from "@/core/api/workspace";
import { call } from "../call";

export type Overview = AnswerOf<typeof getOverview>;

export const workspaceQuery = queryOptions({
  queryKey: ["workspace"],
  queryFn: ({ signal }) => call(getWorkspace, { signal }),
  staleTime: 60_000,
});

export const overviewKey = ["overview"] as const;
export function overviewQuery(days: number) {
  return queryOptions({
    queryKey: [...overviewKey, days],
    queryFn: ({ signal }) => call(getOverview, { query: { days }, signal }),
    staleTime: 15_000,
    placeholderData: (previous) => previous,
  });
}

/** IANA name of the zone in which the workspace tells its days; UTC until it is known. */
export function useTimeZone(): string {
  return useQuery(workspaceQuery).data?.timeZone ?? "UTC";
}

export function useUpdateWorkspace() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof updateWorkspace>) => call(updateWorkspace, { body }),
    onSuccess: (workspace) => {
      client.setQueryData(workspaceQuery.queryKey, workspace);
      return Promise.all([
        client.invalidateQueries({ queryKey: overviewKey }),
        client.invalidateQueries({ queryKey: ["workspaces"] }),
      ]);
    },
  });
}
