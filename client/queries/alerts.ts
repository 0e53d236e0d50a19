import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import * as alertsApi from "@/core/api/alerts";
import { call } from "../call";

const alertsKey = ["alerts"] as const;

export const alertsQuery = queryOptions({
  queryKey: [...alertsKey, "list"],
  queryFn: ({ signal }) => call(alertsApi.listAlerts, { query: { limit: 1_000 }, signal }),
  select: (page) => page.items,
  refetchInterval: 5_000,
});

/** What an alert told, the latest first. */
export function alertMessagesQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: [...alertsKey, id, "history"],
    queryFn: ({ pageParam, signal }) =>
      call(alertsApi.listAlertMessages, { params: { id }, query: { cursor: pageParam, limit: 20 }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    refetchInterval: 5_000,
  });
}

function useAlertsChanged() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: alertsKey });
}

export function useCreateAlert() {
  const changed = useAlertsChanged();
  return useMutation({
    mutationFn: (body: alertsApi.NewAlert) => call(alertsApi.createAlert, { body }),
    onSuccess: changed,
  });
}

export function useUpdateAlert() {
  const changed = useAlertsChanged();
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: alertsApi.AlertChanges }) =>
      call(alertsApi.updateAlert, { params: { id }, body }),
    onSuccess: changed,
  });
}

export function useDeleteAlert() {
  const changed = useAlertsChanged();
  return useMutation({
    mutationFn: (id: string) => call(alertsApi.deleteAlert, { params: { id } }),
    onSuccess: changed,
  });
}

export function useTestAlert() {
  return useMutation({ mutationFn: (id: string) => call(alertsApi.testAlert, { params: { id } }) });
}
