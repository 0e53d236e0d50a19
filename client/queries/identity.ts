import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  deleteProfile,
  dismissDuplicate,
  getIdentityRules,
  getProfileIdentity,
  listDuplicates,
  mergeProfiles,
  previewMerge,
  previewSplit,
  splitProfile,
  updateIdentityRules,
} from "@/core/api/identity";
import type { IdentityRules } from "@/core/identity/rules";
import { call } from "../call";
import { profilesKey } from "./profiles";

const duplicatesKey = ["duplicates"] as const;
const rulesKey = ["identity-rules"] as const;

/** A person's identifiers and what joined them. */
export function identityQuery(id: string) {
  return queryOptions({
    queryKey: [...profilesKey, id, "identity"],
    queryFn: ({ signal }) => call(getProfileIdentity, { params: { id }, signal }),
  });
}

/** What changes when another person becomes this one. */
export function mergePreviewQuery(id: string, other: string) {
  return queryOptions({
    queryKey: [...profilesKey, id, "merge", other],
    queryFn: ({ signal }) => call(previewMerge, { params: { id }, body: { other }, signal }),
    gcTime: 0,
  });
}

/** What changes when a join is undone. */
export function splitPreviewQuery(id: string, join: string) {
  return queryOptions({
    queryKey: [...profilesKey, id, "split", join],
    queryFn: ({ signal }) => call(previewSplit, { params: { id }, body: { join }, signal }),
    gcTime: 0,
  });
}

export const duplicatesQuery = queryOptions({
  queryKey: duplicatesKey,
  queryFn: ({ signal }) => call(listDuplicates, { query: { limit: 100 }, signal }),
});

export const identityRulesQuery = queryOptions({
  queryKey: rulesKey,
  queryFn: ({ signal }) => call(getIdentityRules, { signal }),
});

/** Every figure may be another one once people have changed. */
function useForgetFigures(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries();
}

export function useMergeProfiles() {
  const onSuccess = useForgetFigures();
  return useMutation({
    mutationFn: ({ id, other }: { id: string; other: string }) =>
      call(mergeProfiles, { params: { id }, body: { other } }),
    onSuccess,
  });
}

export function useSplitProfile() {
  const onSuccess = useForgetFigures();
  return useMutation({
    mutationFn: ({ id, join }: { id: string; join: string }) => call(splitProfile, { params: { id }, body: { join } }),
    onSuccess,
  });
}

export function useDeleteProfile() {
  return useMutation({ mutationFn: (id: string) => call(deleteProfile, { params: { id } }) });
}

export function useDismissDuplicate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (people: string[]) => call(dismissDuplicate, { body: { people } }),
    onSuccess: () => client.invalidateQueries({ queryKey: duplicatesKey }),
  });
}

export function useUpdateIdentityRules() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (rules: Partial<IdentityRules>) => call(updateIdentityRules, { body: rules }),
    onSuccess: (rules) => client.setQueryData(rulesKey, rules),
  });
}
