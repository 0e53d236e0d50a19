import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import * as schedulesApi from "@/core/api/schedules";
import { call } from "../call";

const schedulesKey = ["schedules"] as const;

/** Followed while they are looked at, closely while a file is made. */
export function schedulesQuery(which: { audienceId: string } | { destinationId: string }) {
  return queryOptions({
    queryKey: [...schedulesKey, "list", which],
    queryFn: ({ signal }) => call(schedulesApi.listSchedules, { query: { ...which, limit: 1_000 }, signal }),
    select: (page) => page.items,
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ lastRun }) => lastRun?.status === "running") ? 700 : 3_000,
  });
}

export function scheduleRunsQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: [...schedulesKey, "runs", id],
    queryFn: ({ pageParam, signal }) =>
      call(schedulesApi.listScheduleRuns, { params: { id }, query: { limit: 20, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    refetchInterval: 3_000,
  });
}

function useSchedulesChanged() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: schedulesKey });
}

export function useCreateSchedule() {
  const changed = useSchedulesChanged();
  return useMutation({
    mutationFn: (body: schedulesApi.NewSchedule) => call(schedulesApi.createSchedule, { body }),
    onSuccess: changed,
  });
}

export function useUpdateSchedule() {
  const changed = useSchedulesChanged();
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: schedulesApi.ScheduleChanges }) =>
      call(schedulesApi.updateSchedule, { params: { id }, body }),
    onSuccess: changed,
  });
}

export function useRunSchedule() {
  const changed = useSchedulesChanged();
  return useMutation({
    mutationFn: (id: string) => call(schedulesApi.runSchedule, { params: { id } }),
    onSuccess: changed,
  });
}

export function useDeleteSchedule() {
  const changed = useSchedulesChanged();
  return useMutation({
    mutationFn: (id: string) => call(schedulesApi.deleteSchedule, { params: { id } }),
    onSuccess: changed,
  });
}
