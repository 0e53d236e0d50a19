import type { AudienceOrder, AudienceWithCount, ListedAudience } from "@/core/api/audiences";
import { pageOf } from "@/server/http/page";
import type { Services } from "@/server/services";
import { withCounts } from "./saved-counts";
import { audienceOf, type StoredAudience, withCurrentVersion } from "./stored";

interface ListInput {
  archived?: "true" | "false" | undefined;
  search?: string | undefined;
  tag?: string | undefined;
  sort?: AudienceOrder | undefined;
  counts?: "true" | "false" | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

const orders = {
  changed: { updatedAt: "desc" },
  created: { createdAt: "desc" },
  name: { name: "asc" },
  size: { updatedAt: "desc" },
} as const;

/**
 * A page of the audiences that are found, live ones unless archived ones are asked for. Only those of the page are counted,
 * and all as of one moment, unless the order is by size.
 */
export async function listAudiences(
  stores: Pick<Services, "eventStore" | "metadata" | "now">,
  { archived, search = "", tag, sort = "changed", counts, ...page }: ListInput,
  signal?: AbortSignal,
): Promise<{ items: ListedAudience[]; nextCursor: string | null }> {
  const rows = await stores.metadata.audience.findMany({
    where: {
      archivedAt: archived === "true" ? { not: null } : null,
      ...(tag === undefined ? {} : { tags: { has: tag } }),
    },
    orderBy: [orders[sort], { id: "desc" }],
    include: withCurrentVersion,
  });
  const found = rows.filter((row) => contains(row, search.trim().toLowerCase()));
  if (sort === "name") found.sort((one, other) => byName.compare(one.name, other.name));
  const idOf = ({ id }: { id: string }) => id;
  if (sort !== "size") {
    const { items, nextCursor } = pageOf(found, page, idOf);
    const audiences = items.map(audienceOf);
    return { items: counts === "false" ? audiences : await withCounts(stores, audiences, {}, signal), nextCursor };
  }
  const counted = await withCounts(stores, found.map(audienceOf), {}, signal);
  const { items, nextCursor } = pageOf(
    counted.sort((one, other) => other.count - one.count),
    page,
    idOf,
  );
  return { items: counts === "false" ? items.map(withoutCount) : items, nextCursor };
}

/** 2 before 10, and whatever the case. */
const byName = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

function contains({ name, key, description, tags }: StoredAudience, wanted: string): boolean {
  return [name, key, description, ...tags].some((text) => text.toLowerCase().includes(wanted));
}

function withoutCount({ count: _, candidates: __, asOf: ___, ...audience }: AudienceWithCount): ListedAudience {
  return audience;
}
