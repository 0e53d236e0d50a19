import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import * as forwardingApi from "@/core/api/forwarding";
import type { ForwardingChoices } from "@/core/destinations/forwarding";
import { call } from "../call";
import { syncsKey } from "./syncs";

const keyOf = (destinationId: string) => [...syncsKey, "forwarding", destinationId] as const;

/** Followed while it is looked at. */
export function forwardingQuery(destinationId: string) {
  return queryOptions({
    queryKey: keyOf(destinationId),
    queryFn: ({ signal }) => call(forwardingApi.getForwarding, { params: { id: destinationId }, signal }),
    refetchInterval: 3_000,
  });
}

export function forwardingPreviewQuery(destinationId: string, choices: ForwardingChoices) {
  return queryOptions({
    queryKey: [...syncsKey, "forwarding-preview", destinationId, choices],
    queryFn: ({ signal }) =>
      call(forwardingApi.previewForwarding, { params: { id: destinationId }, body: choices, signal }),
    gcTime: 0,
  });
}

export function useSetForwarding(destinationId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: forwardingApi.ForwardingSetting) =>
      call(forwardingApi.setForwarding, { params: { id: destinationId }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf(destinationId) }),
  });
}

export function useEndForwarding(destinationId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(forwardingApi.endForwarding, { params: { id: destinationId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf(destinationId) }),
  });
}
