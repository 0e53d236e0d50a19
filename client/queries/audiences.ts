import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  type AudienceWithCount,
  archiveAudience,
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

/** Members page by page, all as of the moment of the first page. */
export function membersQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: [...audiencesKey, id, "members"],
    queryFn: ({ pageParam, signal }) =>
      call(listMembers, { params: { id }, query: { limit: membersPerPage, ...pageParam }, signal }),
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
