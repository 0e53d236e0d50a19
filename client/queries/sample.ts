import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { AnswerOf } from "@/core/api/endpoint";
import { getSample, loadSample, removeSample } from "@/core/api/workspace";
import { call } from "../call";

export type Sample = AnswerOf<typeof getSample>;

const key = ["sample"] as const;

/** Whether the sample is on its way in or out. */
export function isBusy(sample: Sample | undefined): boolean {
  return sample?.status === "loading" || sample?.status === "removing";
}

/** State of the sample data: followed while it is loaded or removed, after which everything else is asked anew. */
export const sampleQuery = queryOptions({
  queryKey: key,
  queryFn: async ({ client, signal }) => {
    const before = client.getQueryData<Sample>(key);
    const now = await call(getSample, { signal });
    if (isBusy(before) && !isBusy(now)) {
      void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== key[0] });
    }
    return now;
  },
  refetchInterval: (query) => (isBusy(query.state.data) ? 400 : false),
});

export function useLoadSample() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(loadSample),
    onSuccess: (sample) => client.setQueryData(key, sample),
  });
}

export function useRemoveSample() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(removeSample),
    onSuccess: (sample) => client.setQueryData(key, sample),
  });
}
