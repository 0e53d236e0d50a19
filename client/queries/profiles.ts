import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { getProfile, listMessages, listProfiles } from "@/core/api/profiles";
import { call } from "../call";

const profilesKey = ["profiles"] as const;

const peoplePerPage = 100;
const messagesPerPage = 100;

/** People by a part of an id or email, last seen first, page by page. */
export function profilesQuery(filter: { search: string; includeAnonymous: boolean }) {
  return infiniteQueryOptions({
    queryKey: [...profilesKey, "list", filter],
    queryFn: ({ pageParam, signal }) =>
      call(listProfiles, {
        query: {
          search: filter.search === "" ? undefined : filter.search,
          includeAnonymous: filter.includeAnonymous ? "true" : "false",
          limit: peoplePerPage,
          cursor: pageParam,
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (previous) => previous,
  });
}

export function profileQuery(id: string) {
  return queryOptions({
    queryKey: [...profilesKey, id],
    queryFn: ({ signal }) => call(getProfile, { params: { id }, signal }),
  });
}

/** A person's timeline, newest first, page by page. */
export function messagesQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: [...profilesKey, id, "messages"],
    queryFn: ({ pageParam, signal }) =>
      call(listMessages, { params: { id }, query: { limit: messagesPerPage, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}
