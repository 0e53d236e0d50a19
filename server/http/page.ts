const defaultLimit = 100;

/** One page of a list that is ordered by id: asks for one more than fits, to know whether there is a next page. */
export async function pageById<Item extends { id: string }>(
  query: { limit?: number | undefined; cursor?: string | undefined },
  list: (page: { limit: number; after: string | undefined }) => Promise<Item[]>,
): Promise<{ items: Item[]; nextCursor: string | null }> {
  const limit = query.limit ?? defaultLimit;
  const found = await list({ limit: limit + 1, after: query.cursor });
  const items = found.slice(0, limit);
  return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
}
