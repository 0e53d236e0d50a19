import { hashKey, type QueryKey, queryOptions, useQuery } from "@tanstack/react-query";
import { getProgress } from "@/core/api/progress";
import { call } from "../call";

const page = `page-${Math.random().toString(36).slice(2)}00000000`.slice(0, 15);
const names = new Map<string, string>();
/** Questions whose names are remembered; those of long ago are answered. */
const mostNames = 500;

/** The name under which the question of a key can be asked how far it has come; the same each time it is asked from this page. */
export function progressOf(queryKey: QueryKey): string {
  const key = hashKey(queryKey);
  const known = names.get(key);
  if (known !== undefined) return known;
  const name = `${page}-${names.size + 1}-${Date.now().toString(36)}`;
  for (const oldest of names.keys()) {
    if (names.size < mostNames) break;
    names.delete(oldest);
  }
  names.set(key, name);
  return name;
}

const askAgainMs = 400;

function progressQuery(name: string) {
  return queryOptions({
    queryKey: ["progress", name],
    queryFn: ({ signal }) => call(getProgress, { params: { id: name }, signal }),
    select: ({ share }) => share,
    refetchInterval: askAgainMs,
    gcTime: 0,
    retry: false,
  });
}

/** How far the question of a key has come, from 0 to 1, while `asked` is set; null as long as that is not known. */
export function useShareDone(queryKey: QueryKey, asked: boolean): number | null {
  return useQuery({ ...progressQuery(progressOf(queryKey)), enabled: asked }).data ?? null;
}
