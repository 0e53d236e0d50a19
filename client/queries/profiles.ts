import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { explainProfile, getProfile, listMessages, listProfiles } from "@/core/api/profiles";
import type { AudienceDefinition } from "@/core/audience/definition";
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

/** A person's timeline, newest first, page by page; from a moment back where one is given. */
export function messagesQuery(id: string, until?: string) {
  return infiniteQueryOptions({
    queryKey: [...profilesKey, id, "messages", until ?? null],
    queryFn: ({ pageParam, signal }) =>
      call(listMessages, { params: { id }, query: { limit: messagesPerPage, cursor: pageParam, until }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** Why a person is in an audience or not, as of a moment or now. */
export function explanationQuery(id: string, definition: AudienceDefinition, asOf?: string) {
  return queryOptions({
    queryKey: [...profilesKey, id, "explanation", definition, asOf ?? null],
    queryFn: ({ signal }) => call(explainProfile, { params: { id }, body: { definition, asOf }, signal }),
  });
}
