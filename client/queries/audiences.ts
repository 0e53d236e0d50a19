import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  type AudienceOrder,
  type AudienceWithCount,
  archiveAudience,
  countAudiences,
  createAudience,
  getAudience,
  type ListedAudience,
  listAudiences,
  listMembers,
  updateAudience,
} from "@/core/api/audiences";
import type { BodyOf } from "@/core/api/endpoint";
import { call } from "../call";
import { overviewKey } from "./workspace";

export const audiencesKey = ["audiences"] as const;

export function audiencesQuery(options: { archived: boolean }) {
  return queryOptions({
    queryKey: [...audiencesKey, "list", options],
    queryFn: ({ signal }) => call(listAudiences, { query: { archived: options.archived ? "true" : "false" }, signal }),
    select: (page) =>
      page.items.filter(isCounted).filter((audience) => (audience.archivedAt !== null) === options.archived),
    placeholderData: (previous) => previous,
  });
}

/** The live audiences without their counts: there at once, for what needs no more than their names. */
export const audienceNamesQuery = queryOptions({
  queryKey: [...audiencesKey, "names"],
  queryFn: ({ signal }) => call(listAudiences, { query: { archived: "false", counts: "false" }, signal }),
  select: (page) => page.items,
});

/** Audiences in an order, at once: with their counts only where the order is by them. */
export function listedAudiencesQuery({ archived, order }: { archived: boolean; order: AudienceOrder }) {
  return queryOptions({
    queryKey: [...audiencesKey, "listed", archived, order],
    queryFn: ({ signal }) => {
      const counts = order === "size" ? "true" : "false";
      return call(listAudiences, { query: { archived: archived ? "true" : "false", sort: order, counts }, signal });
    },
    select: (page) => page.items,
    // In another order they are the same audiences, but archived ones are others.
    placeholderData: (previous, query) => (query?.queryKey[2] === archived ? previous : undefined),
  });
}

/** As many as the server counts in one statement. */
const countedTogether = 20;

/** The counts of audiences, some at a time in their order, so that those on top are there first. */
export function countQueries(ids: readonly string[]) {
  const starts = Array.from({ length: Math.ceil(ids.length / countedTogether) }, (_, index) => index * countedTogether);
  return starts.map((start) => {
    const audienceIds = ids.slice(start, start + countedTogether);
    return queryOptions({
      queryKey: [...audiencesKey, "counts", audienceIds],
      queryFn: ({ signal }) => call(countAudiences, { body: { audienceIds }, signal }),
    });
  });
}

function isCounted(audience: ListedAudience): audience is AudienceWithCount {
  return audience.count !== undefined;
}

export function audienceQuery(id: string) {
  return queryOptions({
    queryKey: [...audiencesKey, id],
    queryFn: ({ signal }) => call(getAudience, { params: { id }, signal }),
  });
}

const membersPerPage = 200;

/** Members page by page, all as of the moment of the first page; `accountTraits` as the API takes them. */
export function membersQuery(id: string, accountTraits?: string) {
  return infiniteQueryOptions({
    queryKey: [...audiencesKey, id, "members", accountTraits],
    queryFn: ({ pageParam, signal }) =>
      call(listMembers, { params: { id }, query: { limit: membersPerPage, accountTraits, ...pageParam }, signal }),
    placeholderData: (previous) => previous,
    initialPageParam: {} as { cursor?: string; asOf?: string },
    getNextPageParam: (page) => (page.nextCursor === null ? undefined : { cursor: page.nextCursor, asOf: page.asOf }),
  });
}

/** Forgets what is known of audiences and of the figures that count them. */
export function useAudiencesChanged() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: audiencesKey }),
      client.invalidateQueries({ queryKey: overviewKey }),
    ]);
}

export function useCreateAudience() {
  const changed = useAudiencesChanged();
  return useMutation({
    mutationFn: (body: BodyOf<typeof createAudience>) => call(createAudience, { body }),
    onSuccess: changed,
  });
}

export function useUpdateAudience() {
  const changed = useAudiencesChanged();
  return useMutation({
    mutationFn: ({ id, ...body }: BodyOf<typeof updateAudience> & { id: string }) =>
      call(updateAudience, { params: { id }, body }),
    onSuccess: changed,
  });
}

export function useArchiveAudience() {
  const changed = useAudiencesChanged();
  return useMutation({
    mutationFn: (id: string) => call(archiveAudience, { params: { id } }),
    onSuccess: changed,
  });
}
