import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import {
  getAccount,
  listAccountMessages,
  listAccountPeople,
  listAccounts,
  listAccountTraitChanges,
} from "@/core/api/accounts";
import { call } from "../call";
import type { TimelineFilter } from "./profiles";

const accountsKey = ["accounts"] as const;
const perPage = 100;

/** Accounts by a part of the id or the name, most people first, page by page. */
export function accountsQuery(search: string) {
  return infiniteQueryOptions({
    queryKey: [...accountsKey, "list", search],
    queryFn: ({ pageParam, signal }) =>
      call(listAccounts, {
        query: { search: search === "" ? undefined : search, limit: perPage, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (previous) => previous,
  });
}

export function accountQuery(id: string) {
  return queryOptions({
    queryKey: [...accountsKey, id],
    queryFn: ({ signal }) => call(getAccount, { params: { id }, signal }),
  });
}

/** Who belongs to an account, the first ones first, page by page. */
export function accountPeopleQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: [...accountsKey, id, "people"],
    queryFn: ({ pageParam, signal }) =>
      call(listAccountPeople, { params: { id }, query: { limit: perPage, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** What the people of an account did, newest first, page by page. */
export function accountMessagesQuery(id: string, filter: TimelineFilter) {
  return infiniteQueryOptions({
    queryKey: [...accountsKey, id, "messages", filter],
    queryFn: ({ pageParam, signal }) =>
      call(listAccountMessages, { params: { id }, query: { limit: perPage, cursor: pageParam, ...filter }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (previous) => previous,
  });
}

/** Each value that a trait of an account has had, newest first. */
export function accountTraitHistoryQuery(id: string, trait: string) {
  return queryOptions({
    queryKey: [...accountsKey, id, "trait", trait],
    queryFn: ({ signal }) => call(listAccountTraitChanges, { params: { id }, query: { trait }, signal }),
  });
}
