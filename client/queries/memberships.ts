import { infiniteQueryOptions, queryOptions, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { QueryOf } from "@/core/api/endpoint";
import { changesByDay, listChanges } from "@/core/api/memberships";
import { call } from "../call";
import { audienceQuery, audiencesKey } from "./audiences";

const changesPerPage = 100;
export const daysOfChanges = 30;

export type ChangeFilter = Pick<QueryOf<typeof listChanges>, "change" | "from" | "to">;

/** Who entered and left before one change of the log, the latest first, page by page. */
export function olderChangesQuery(id: string, before: string | undefined, filter: ChangeFilter) {
  return infiniteQueryOptions({
    queryKey: [...audiencesKey, id, "changes", before, filter],
    queryFn: ({ pageParam, signal }) =>
      call(listChanges, {
        params: { id },
        query: { order: "newest", limit: changesPerPage, cursor: pageParam, ...filter },
        signal,
      }),
    initialPageParam: before,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    // What has been written down is never changed.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** How many entered and left on each of the last days, today first. */
export function changesByDayQuery(id: string) {
  return queryOptions({
    queryKey: [...audiencesKey, id, "days"],
    queryFn: ({ signal }) => call(changesByDay, { params: { id }, query: { days: daysOfChanges }, signal }),
    placeholderData: (previous) => previous,
  });
}

/** Asks again for what the latest changes have made untrue: the count, who is in, and the days. */
export function useMembersChanged(id: string): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(async () => {
    const anew = { cancelRefetch: false };
    await Promise.all([
      client.invalidateQueries({ queryKey: audienceQuery(id).queryKey, exact: true }, anew),
      client.invalidateQueries({ queryKey: [...audiencesKey, id, "members"] }, anew),
      client.invalidateQueries({ queryKey: changesByDayQuery(id).queryKey, exact: true }, anew),
    ]);
  }, [client, id]);
}
