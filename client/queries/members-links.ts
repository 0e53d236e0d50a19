import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { BodyOf } from "@/core/api/endpoint";
import * as linksApi from "@/core/api/members-links";
import { call } from "../call";

const linksKey = ["members-links"] as const;

export function membersLinksQuery(audienceId: string) {
  return queryOptions({
    queryKey: [...linksKey, audienceId],
    queryFn: ({ signal }) =>
      call(linksApi.listMembersLinks, { params: { id: audienceId }, query: { limit: 1_000 }, signal }),
    select: (page) => page.items,
    refetchInterval: 10_000,
  });
}

function useLinksChanged() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: linksKey });
}

export function useCreateMembersLink() {
  const changed = useLinksChanged();
  return useMutation({
    mutationFn: ({ audienceId, ...body }: BodyOf<typeof linksApi.createMembersLink> & { audienceId: string }) =>
      call(linksApi.createMembersLink, { params: { id: audienceId }, body }),
    onSuccess: changed,
  });
}

export function useRevokeMembersLink() {
  const changed = useLinksChanged();
  return useMutation({
    mutationFn: (id: string) => call(linksApi.revokeMembersLink, { params: { id } }),
    onSuccess: changed,
  });
}

export function useRevokeMembersLinks() {
  const changed = useLinksChanged();
  return useMutation({
    mutationFn: (audienceId: string) => call(linksApi.revokeMembersLinks, { params: { id: audienceId } }),
    onSuccess: changed,
  });
}
