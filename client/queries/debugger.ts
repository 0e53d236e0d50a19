import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { listKept, listKeptReasons, replayKept } from "@/core/api/debugger";
import type { AnswerOf, BodyOf, QueryOf } from "@/core/api/endpoint";
import { getIngestHealth, type IngestInterval } from "@/core/api/ingest-health";
import { call } from "../call";

const debuggerKey = ["debugger"] as const;

export type KeptReason = AnswerOf<typeof listKeptReasons>["items"][number];
export type KeptFilter = QueryOf<typeof listKept>;
export type Replayed = AnswerOf<typeof replayKept>;
export type IngestHealth = AnswerOf<typeof getIngestHealth>;

/** What is kept aside by reason, followed while it is looked at. */
export function keptReasonsQuery(sourceId: string | undefined) {
  return queryOptions({
    queryKey: [...debuggerKey, "reasons", sourceId],
    queryFn: ({ signal }) => call(listKeptReasons, { query: { sourceId }, signal }),
    refetchInterval: 10_000,
  });
}

export function keptQuery(filter: KeptFilter) {
  return infiniteQueryOptions({
    queryKey: [...debuggerKey, "kept", filter],
    queryFn: ({ pageParam, signal }) =>
      call(listKept, { query: { ...filter, cursor: pageParam || undefined }, signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

export function healthQuery(sourceId: string | undefined, interval: IngestInterval) {
  return queryOptions({
    queryKey: [...debuggerKey, "health", sourceId, interval],
    queryFn: ({ signal }) => call(getIngestHealth, { query: { sourceId, interval }, signal }),
    refetchInterval: 5_000,
    placeholderData: (previous) => previous,
  });
}

export function useReplay() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof replayKept>) => call(replayKept, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: debuggerKey }),
  });
}
