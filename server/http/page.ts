import { createHash } from "node:crypto";
import { AppError } from "../../core/errors";

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

/**
 * One page of a list that is made whole at each call: everything after the cursor unless a limit is given. `keyOf` tells one
 * item from another. Throws `invalid` for a cursor whose item is no longer there.
 */
export function pageOf<Item>(
  items: readonly Item[],
  query: { limit?: number | undefined; cursor?: string | undefined },
  keyOf: (item: Item) => string,
): { items: Item[]; nextCursor: string | null } {
  const cursorOf = (item: Item) => createHash("sha256").update(keyOf(item)).digest("base64url");
  const before = query.cursor === undefined ? -1 : items.findIndex((item) => cursorOf(item) === query.cursor);
  if (query.cursor !== undefined && before === -1) {
    throw new AppError("invalid", "cursor leads nowhere: the list has changed. Begin again without one.", "cursor");
  }
  const after = items.slice(before + 1);
  const found = query.limit === undefined ? after : after.slice(0, query.limit);
  const last = found.at(-1);
  return { items: found, nextCursor: found.length < after.length && last !== undefined ? cursorOf(last) : null };
}
