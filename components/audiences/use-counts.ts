import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { countQueries } from "@/client/queries/audiences";
import type { ListedAudience } from "@/core/api/audiences";

export type SavedCount = { count: number; candidates: number; asOf: string } | "failed";

/** What is counted so far of these audiences, by id: those that came with their counts, the others as they are counted. */
export function useCounts(audiences: readonly ListedAudience[]): ReadonlyMap<string, SavedCount> {
  const missing = useMemo(() => audiences.filter(({ count }) => count === undefined).map(({ id }) => id), [audiences]);
  const asked = useMemo(() => countQueries(missing), [missing]);
  const answers = useQueries({ queries: asked });
  const counts = new Map<string, SavedCount>();
  for (const { id, count, candidates, asOf } of audiences) {
    if (count !== undefined && candidates !== undefined && asOf !== undefined)
      counts.set(id, { count, candidates, asOf });
  }
  for (const [index, { data, isError }] of answers.entries()) {
    for (const { id, count, candidates } of data?.items ?? []) {
      if (data) counts.set(id, { count, candidates, asOf: data.asOf });
    }
    if (isError) for (const id of asked[index]?.queryKey[2] ?? []) if (!counts.has(id)) counts.set(id, "failed");
  }
  return counts;
}
