import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { cancelImport, type ImportRun, listImports } from "@/core/api/imports";
import { call } from "../call";
import { upload } from "../upload";

const key = ["imports"] as const;

const isRunning = (run: ImportRun) => run.status === "running";

/** Imports, newest first: followed closely while one runs, after which everything that counts is asked anew. */
export const importsQuery = queryOptions({
  queryKey: key,
  queryFn: async ({ client, signal }) => {
    const before = client.getQueryData<ImportRun[]>(key) ?? [];
    const { items } = await call(listImports, { signal });
    const ended = before.some((run) => isRunning(run) && items.some((now) => now.id === run.id && !isRunning(now)));
    if (ended) void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== key[0] });
    return items;
  },
  refetchInterval: (query) => (query.state.data?.some(isRunning) ? 500 : false),
});

export function useUpload() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: upload,
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}

export function useCancelImport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(cancelImport, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}
