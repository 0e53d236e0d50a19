import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { BodyOf } from "@/core/api/endpoint";
import { liftSuppression, listSuppressions, suppressId } from "@/core/api/suppressions";
import { call } from "../call";

const suppressionsKey = ["suppressions"] as const;
const perPage = 20;

/** Identifiers whose messages are refused, the latest first, page by page. */
export const suppressionsQuery = infiniteQueryOptions({
  queryKey: suppressionsKey,
  queryFn: ({ pageParam, signal }) => call(listSuppressions, { query: { limit: perPage, cursor: pageParam }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.nextCursor ?? undefined,
});

export type NamedIdentifier = BodyOf<typeof suppressId>;

function useSuppressionsChanged() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: suppressionsKey });
}

export function useSuppressId() {
  const onSuccess = useSuppressionsChanged();
  return useMutation({ mutationFn: (body: NamedIdentifier) => call(suppressId, { body }), onSuccess });
}

export function useLiftSuppression() {
  const onSuccess = useSuppressionsChanged();
  return useMutation({ mutationFn: (body: NamedIdentifier) => call(liftSuppression, { body }), onSuccess });
}
