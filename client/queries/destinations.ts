import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import * as destinationsApi from "@/core/api/destinations";
import { call } from "../call";
import { syncsKey } from "./syncs";

const destinationsKey = ["destinations"] as const;

export const destinationsQuery = queryOptions({
  queryKey: [...destinationsKey, "list"],
  queryFn: ({ signal }) => call(destinationsApi.listDestinations, { query: { limit: 1_000 }, signal }),
  select: (page) => page.items,
  refetchInterval: 5_000,
});

export function destinationQuery(id: string) {
  return queryOptions({
    queryKey: [...destinationsKey, id],
    queryFn: ({ signal }) => call(destinationsApi.getDestination, { params: { id }, signal }),
    refetchInterval: 5_000,
  });
}

function useDestinationsChanged() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: destinationsKey }),
      client.invalidateQueries({ queryKey: syncsKey }),
    ]);
}

export function useCreateDestination() {
  const changed = useDestinationsChanged();
  return useMutation({
    mutationFn: (body: destinationsApi.NewDestination) => call(destinationsApi.createDestination, { body }),
    onSuccess: changed,
  });
}

export function useUpdateDestination() {
  const changed = useDestinationsChanged();
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: destinationsApi.DestinationChanges }) =>
      call(destinationsApi.updateDestination, { params: { id }, body }),
    onSuccess: changed,
  });
}

export function useDeleteDestination() {
  const changed = useDestinationsChanged();
  return useMutation({
    mutationFn: (id: string) => call(destinationsApi.deleteDestination, { params: { id } }),
    onSuccess: changed,
  });
}

/** Tries settings without keeping them. */
export function useTestSettings() {
  return useMutation({
    mutationFn: (body: { tool: string; settings: Record<string, unknown>; destinationId?: string }) =>
      call(destinationsApi.testSettings, { body }),
  });
}
