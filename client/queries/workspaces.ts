import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { BodyOf } from "@/core/api/endpoint";
import { createWorkspace, listWorkspaces, removeWorkspace } from "@/core/api/workspaces";
import { call } from "../call";

const workspacesKey = ["workspaces"] as const;

export const workspacesQuery = queryOptions({
  queryKey: workspacesKey,
  queryFn: ({ signal }) => call(listWorkspaces, { signal }),
  select: (page) => page.items,
  staleTime: 60_000,
});

export function useCreateWorkspace() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof createWorkspace>) => call(createWorkspace, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: workspacesKey }),
  });
}

export function useRemoveWorkspace() {
  return useMutation({
    mutationFn: ({ id, confirm }: { id: string; confirm: string }) =>
      call(removeWorkspace, { params: { id }, query: { confirm } }),
  });
}
