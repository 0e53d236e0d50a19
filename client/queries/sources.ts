import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { AnswerOf, BodyOf } from "@/core/api/endpoint";
import * as sourcesApi from "@/core/api/sources";
import { call } from "../call";
import { overviewKey } from "./workspace";

const sourcesKey = ["sources"] as const;

export type SourceWithFigures = AnswerOf<typeof sourcesApi.getSource>;

export const sourcesQuery = queryOptions({
  queryKey: [...sourcesKey, "list"],
  queryFn: ({ signal }) => call(sourcesApi.listSources, { signal }),
  select: (page) => page.items,
});

export const archivedSourcesQuery = queryOptions({
  queryKey: [...sourcesKey, "archived"],
  queryFn: ({ signal }) => call(sourcesApi.listSources, { query: { archived: "true" }, signal }),
  select: (page) => page.items,
});

/** One source, followed while it is looked at: closely until its first message. */
export function sourceQuery(id: string) {
  return queryOptions({
    queryKey: [...sourcesKey, id],
    queryFn: ({ signal }) => call(sourcesApi.getSource, { params: { id }, signal }),
    refetchInterval: (query) => (query.state.data?.lastReceivedAt ? 5_000 : 1_500),
  });
}

/** What a source sends, followed while it is looked at. */
export function sourceSchemaQuery(id: string) {
  return queryOptions({
    queryKey: [...sourcesKey, id, "schema"],
    queryFn: ({ signal }) => call(sourcesApi.sourceSchema, { params: { id }, signal }),
    refetchInterval: 15_000,
  });
}

export function sourcePropertiesQuery(id: string, type: sourcesApi.SchemaEvent["type"], event: string) {
  return queryOptions({
    queryKey: [...sourcesKey, id, "schema", type, event],
    queryFn: ({ signal }) => call(sourcesApi.sourceProperties, { params: { id }, query: { type, event }, signal }),
    staleTime: 15_000,
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
    mutationFn: (body: BodyOf<typeof sourcesApi.createSource>) => call(sourcesApi.createSource, { body }),
    onSuccess: changed,
  });
}

export function useUpdateSource() {
  const changed = useSourcesChanged();
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: BodyOf<typeof sourcesApi.updateSource> }) =>
      call(sourcesApi.updateSource, { params: { id }, body }),
    onSuccess: changed,
  });
}

/** Gives a source a new key; those before go on opening it for so long. */
export function useRotateKey() {
  const changed = useSourcesChanged();
  return useMutation({
    mutationFn: ({ id, overlapMinutes }: { id: string; overlapMinutes: number }) =>
      call(sourcesApi.rotateWriteKey, { params: { id }, body: { overlapMinutes } }),
    onSuccess: changed,
  });
}

export function useRevokeKey() {
  const changed = useSourcesChanged();
  return useMutation({
    mutationFn: (params: { id: string; key: string }) => call(sourcesApi.revokeWriteKey, { params }),
    onSuccess: changed,
  });
}
