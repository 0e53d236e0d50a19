import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { QueryOf } from "@/core/api/endpoint";
import * as syncsApi from "@/core/api/syncs";
import { call } from "../call";

export const syncsKey = ["syncs"] as const;

type Which = { audienceId?: string; destinationId?: string };

/** Followed while they are looked at, closely while everybody is sent. */
export function syncsQuery(which: Which) {
  return queryOptions({
    queryKey: [...syncsKey, "list", which],
    queryFn: ({ signal }) => call(syncsApi.listSyncs, { query: { ...which, limit: 1_000 }, signal }),
    select: (page) => page.items,
    refetchInterval: ({ state }) => (state.data?.items.every(({ phase }) => phase === "changes") ? 2_000 : 700),
  });
}

export function dryRunQuery(input: syncsApi.NewSync) {
  return queryOptions({
    queryKey: [...syncsKey, "dry-run", input],
    queryFn: ({ signal }) => call(syncsApi.dryRunSync, { body: input, signal }),
    gcTime: 0,
  });
}

type DeliveriesOf = Omit<QueryOf<typeof syncsApi.listDeliveries>, "cursor" | "limit">;

export function deliveriesQuery(which: DeliveriesOf) {
  return infiniteQueryOptions({
    queryKey: [...syncsKey, "deliveries", which],
    queryFn: ({ pageParam, signal }) =>
      call(syncsApi.listDeliveries, {
        query: { ...which, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    refetchInterval: 3_000,
  });
}

export function deliveryRequestsQuery(batch: string) {
  return queryOptions({
    queryKey: [...syncsKey, "requests", batch],
    queryFn: ({ signal }) => call(syncsApi.listDeliveryRequests, { params: { id: batch }, signal }),
    select: ({ items }) => items,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function useSyncsChanged() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: syncsKey });
}

export function useCreateSync() {
  const changed = useSyncsChanged();
  return useMutation({
    mutationFn: (body: syncsApi.NewSync) => call(syncsApi.createSync, { body }),
    onSuccess: changed,
  });
}

export function useUpdateSync() {
  const changed = useSyncsChanged();
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: syncsApi.SyncChanges }) =>
      call(syncsApi.updateSync, { params: { id }, body }),
    onSuccess: changed,
  });
}

export function useCancelSync() {
  const changed = useSyncsChanged();
  return useMutation({
    mutationFn: (id: string) => call(syncsApi.cancelSync, { params: { id } }),
    onSuccess: changed,
  });
}

export function useDeleteSync() {
  const changed = useSyncsChanged();
  return useMutation({
    mutationFn: (id: string) => call(syncsApi.deleteSync, { params: { id } }),
    onSuccess: changed,
  });
}

/** All that were given up, or the one person. */
export function useResend() {
  const changed = useSyncsChanged();
  return useMutation({
    mutationFn: ({ id, profileId }: { id: string; profileId?: string }) =>
      call(syncsApi.resendFailed, { params: { id }, body: profileId === undefined ? {} : { profileId } }),
    onSuccess: changed,
  });
}

/** Asks the tool; nothing is changed by it. */
export function useCompareSync() {
  return useMutation({ mutationFn: (id: string) => call(syncsApi.compareSync, { params: { id } }) });
}

export function useRepairSync() {
  const changed = useSyncsChanged();
  return useMutation({
    mutationFn: (id: string) => call(syncsApi.repairSync, { params: { id } }),
    onSuccess: changed,
  });
}
