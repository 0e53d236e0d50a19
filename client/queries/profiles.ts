import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { explainProfile, getProfile, listMessages, listProfiles, listTraitChanges } from "@/core/api/profiles";
import type { AudienceDefinition } from "@/core/audience/definition";
import type { MessageType } from "@/core/event/message";
import { call } from "../call";

export const profilesKey = ["profiles"] as const;

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

/** What a timeline is narrowed to. Moments are ISO 8601. */
export interface TimelineFilter {
  until?: string | undefined;
  since?: string | undefined;
  type?: MessageType | undefined;
  search?: string | undefined;
}

/** A person's timeline, newest first, page by page. */
export function messagesQuery(id: string, filter: TimelineFilter = {}) {
  return infiniteQueryOptions({
    queryKey: [...profilesKey, id, "messages", filter],
    queryFn: ({ pageParam, signal }) =>
      call(listMessages, { params: { id }, query: { limit: messagesPerPage, cursor: pageParam, ...filter }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (previous) => previous,
  });
}

/** Each value that a trait of a person has had, newest first. */
export function traitHistoryQuery(id: string, trait: string) {
  return queryOptions({
    queryKey: [...profilesKey, id, "trait", trait],
    queryFn: ({ signal }) => call(listTraitChanges, { params: { id }, query: { trait }, signal }),
  });
}

/** Why a person is in an audience or not, as of a moment or now. */
export function explanationQuery(id: string, definition: AudienceDefinition, asOf?: string) {
  return queryOptions({
    queryKey: [...profilesKey, id, "explanation", definition, asOf ?? null],
    queryFn: ({ signal }) => call(explainProfile, { params: { id }, body: { definition, asOf }, signal }),
  });
}
