import type { ComparedFunnels, FunnelVersion } from "@/core/api/funnel-versions";
import type { Funnel } from "@/core/api/funnels";
import { type DescribeContext, describeContext } from "@/core/audience/describe/describe-context";
import { AppError } from "@/core/errors";
import { type FunnelDefinition, funnelDefinition } from "@/core/funnel/definition";
import { describeFunnelChanges } from "@/core/funnel/describe-changes";
import { audienceContext, momentOf } from "@/server/audiences/context";
import type { Services } from "@/server/services";
import { versionPage } from "@/server/versions/version-page";
import { getFunnel, updateFunnel } from "./funnels";
import { previewFunnel } from "./preview";

type Stores = Pick<Services, "metadata" | "now">;

/**
 * A page of the versions of a funnel, newest first, each with what it changed; the cursor is the last version of the page
 * before. Errors: `not_found`; `invalid` for a cursor that no page was answered with.
 */
export async function funnelVersionsPage(
  stores: Stores,
  id: string,
  page: { limit?: number | undefined; cursor?: string | undefined },
): Promise<{ items: FunnelVersion[]; nextCursor: string | null }> {
  await getFunnel(stores, id);
  const { metadata } = stores;
  const words = await wordsOf(stores);
  const { items, nextCursor } = await versionPage(metadata, page, {
    read: (version, take) =>
      metadata.funnelVersion.findMany({ where: { funnelId: id, version }, orderBy: { version: "desc" }, take }),
    definitionOf: ({ funnel }) => funnelDefinition.parse(funnel),
    changes: (before, after) => describeFunnelChanges(before, after, words),
  });
  return { items: items.map(({ definition, ...facts }) => ({ ...facts, funnel: definition })), nextCursor };
}

/** Makes an earlier version hold again, as a new one. Errors: `not_found`; `conflict` for the one that holds; `invalid`. */
export async function restoreFunnelVersion(
  stores: Stores,
  id: string,
  { version, note }: { version: number; note?: string | undefined },
  createdBy: string | null,
): Promise<Funnel> {
  const { version: current } = await getFunnel(stores, id);
  const funnel = await funnelOfVersion(stores, id, version, "version");
  if (version === current) throw new AppError("conflict", `Version ${version} is the one that holds.`, "version");
  return updateFunnel(stores, id, { funnel, note, restoredFrom: version }, createdBy);
}

/** Two versions as of one moment, each by what the audiences that it refers to mean now. Errors: `not_found`, `invalid`. */
export async function compareFunnelVersions(
  services: Pick<Services, "eventStore" | "metadata" | "now">,
  id: string,
  query: { before: number; after: number; asOf?: string | undefined },
  signal?: AbortSignal,
): Promise<ComparedFunnels> {
  await getFunnel(services, id);
  const asOf = new Date(momentOf(services, query.asOf)).toISOString();
  const sideOf = async (version: number, path: string) => {
    const funnel = await funnelOfVersion(services, id, version, path);
    return { funnel, figures: await previewFunnel(services, { funnel, asOf }, signal) };
  };
  const [before, after, words] = await Promise.all([
    sideOf(query.before, "before"),
    sideOf(query.after, "after"),
    wordsOf(services),
  ]);
  return { asOf, before, after, changes: describeFunnelChanges(before.funnel, after.funnel, words) };
}

async function wordsOf(stores: Stores): Promise<DescribeContext> {
  const { timeZone, audiences } = await audienceContext(stores, stores.now().getTime());
  return describeContext(timeZone, audiences);
}

async function funnelOfVersion(
  { metadata }: Stores,
  funnelId: string,
  version: number,
  path: string,
): Promise<FunnelDefinition> {
  const stored = await metadata.funnelVersion.findUnique({ where: { funnelId_version: { funnelId, version } } });
  if (!stored) throw new AppError("not_found", `This funnel has no version ${version}.`, path);
  return funnelDefinition.parse(stored.funnel);
}
