import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { BodyOf } from "@/core/api/endpoint";
import {
  archiveFunnel,
  createFunnel,
  funnelPeople,
  getFunnel,
  listFunnels,
  previewFunnel,
  updateFunnel,
} from "@/core/api/funnels";
import type { FunnelDefinition } from "@/core/funnel/definition";
import type { FunnelFigure } from "@/core/funnel/figure";
import { call } from "../call";
import { progressOf } from "./progress";
import { overviewKey } from "./workspace";

export const funnelsKey = ["funnels"] as const;

export function funnelsQuery(options: { archived: boolean }) {
  return queryOptions({
    queryKey: [...funnelsKey, "list", options],
    queryFn: ({ signal }) =>
      call(listFunnels, { query: { archived: options.archived ? "true" : "false", limit: 1000 }, signal }),
    select: (page) => page.items,
    placeholderData: keepPreviousData,
  });
}

export function funnelQuery(id: string) {
  return queryOptions({
    queryKey: [...funnelsKey, id],
    queryFn: ({ signal }) => call(getFunnel, { params: { id }, signal }),
  });
}

/** What is asked of a funnel's preview besides its figures. */
export type PreviewRequest = Omit<BodyOf<typeof previewFunnel>, "funnel" | "asOf">;

/** The figures of a funnel as of the moment of asking. */
export function funnelPreviewQuery(funnel: FunnelDefinition | null, request: PreviewRequest = {}) {
  const queryKey = [...funnelsKey, "preview", funnel, request];
  return queryOptions({
    queryKey,
    queryFn: ({ signal }) => {
      if (funnel === null) throw new Error("A funnel without steps has no figures.");
      return call(previewFunnel, { body: { funnel, ...request }, signal, progress: progressOf(queryKey) });
    },
    enabled: funnel !== null,
    staleTime: 5_000,
    retry: false,
  });
}

const peoplePerPage = 200;

/** The people of a figure page by page, as of the moment of the figures. */
export function funnelPeopleQuery(funnel: FunnelDefinition, figure: FunnelFigure, asOf: string) {
  return infiniteQueryOptions({
    queryKey: [...funnelsKey, "people", funnel, figure, asOf],
    queryFn: ({ pageParam, signal }) =>
      call(funnelPeople, {
        body: { funnel, ...figure, asOf, limit: peoplePerPage, cursor: pageParam || undefined },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

export function useFunnelsChanged() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: funnelsKey }),
      client.invalidateQueries({ queryKey: overviewKey }),
    ]);
}

export function useCreateFunnel() {
  const changed = useFunnelsChanged();
  return useMutation({
    mutationFn: (body: BodyOf<typeof createFunnel>) => call(createFunnel, { body }),
    onSuccess: changed,
  });
}

export function useUpdateFunnel() {
  const changed = useFunnelsChanged();
  return useMutation({
    mutationFn: ({ id, ...body }: BodyOf<typeof updateFunnel> & { id: string }) =>
      call(updateFunnel, { params: { id }, body }),
    onSuccess: changed,
  });
}

export function useArchiveFunnel() {
  const changed = useFunnelsChanged();
  return useMutation({
    mutationFn: (id: string) => call(archiveFunnel, { params: { id } }),
    onSuccess: changed,
  });
}
