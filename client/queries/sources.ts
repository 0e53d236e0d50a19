import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { AnswerOf } from "@/core/api/endpoint";
import { createSource, getSource, listSources, updateSource } from "@/core/api/sources";
import { call } from "../call";
import { overviewKey } from "./workspace";

const sourcesKey = ["sources"] as const;

export type SourceWithFigures = AnswerOf<typeof getSource>;

export const sourcesQuery = queryOptions({
  queryKey: [...sourcesKey, "list"],
  queryFn: ({ signal }) => call(listSources, { signal }),
  select: (page) => page.items,
});

/** One source, followed while it is looked at: closely until its first message. */
export function sourceQuery(id: string) {
  return queryOptions({
    queryKey: [...sourcesKey, id],
    queryFn: ({ signal }) => call(getSource, { params: { id }, signal }),
    refetchInterval: (query) => (query.state.data?.lastReceivedAt ? 5_000 : 1_500),
  });
}

function useSourcesChanged() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: sourcesKey }),
      client.invalidateQueries({ queryKey: overviewKey }),
    ]);
}

export function useCreateSource() {
  const changed = useSourcesChanged();
  return useMutation({
    mutationFn: (name: string) => call(createSource, { body: { name } }),
    onSuccess: changed,
  });
}

export function useRenameSource() {
  const changed = useSourcesChanged();
  return useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) => call(updateSource, { params: { id }, body: { name } }),
    onSuccess: changed,
  });
}
