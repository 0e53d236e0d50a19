import type { ComparedPeople } from "@/core/api/audience-insight";
import type { AudienceVersion } from "@/core/api/audience-versions";
import type { Audience } from "@/core/api/audiences";
import type { DefinitionChange } from "@/core/api/versions";
import { type AudienceDefinition, audienceDefinition } from "@/core/audience/definition";
import { type DescribeContext, describeContext } from "@/core/audience/describe/describe-context";
import { describeChanges } from "@/core/audience/describe-changes";
import { AppError } from "@/core/errors";
import type { AudienceVersion as StoredVersion } from "@/generated/prisma/client";
import type { Services } from "@/server/services";
import { versionPage } from "@/server/versions/version-page";
import { updateAudience } from "./audiences";
import { compareDefinitions } from "./compare";
import { audienceContext } from "./context";
import { readAudience } from "./stored";

type Stores = Pick<Services, "metadata" | "now">;

/**
 * A page of the versions of an audience, newest first, each with what it changed; the cursor is the last version of the page
 * before. Errors: `not_found`; `invalid` for a cursor that no page was answered with.
 */
export async function versionsPage(
  stores: Stores,
  id: string,
  page: { limit?: number | undefined; cursor?: string | undefined },
): Promise<{ items: AudienceVersion[]; nextCursor: string | null }> {
  await readAudience(stores, id);
  const { metadata } = stores;
  const words = await wordsOf(stores);
  return versionPage(metadata, page, {
    read: (version, take) =>
      metadata.audienceVersion.findMany({
        where: { audienceId: id, version },
        orderBy: { version: "desc" },
        take,
      }),
    definitionOf,
    changes: (before, after) => describeChanges(before, after, words),
  });
}

/** Makes an earlier version hold again, as a new one. Errors: `not_found`; `conflict` for the one that holds; `invalid`. */
export async function restoreVersion(
  stores: Stores,
  id: string,
  { version, note }: { version: number; note?: string | undefined },
  createdBy: string | null,
): Promise<Audience> {
  const { version: current } = await readAudience(stores, id);
  const definition = await definitionOfVersion(stores, id, version, "version");
  if (version === current) throw new AppError("conflict", `Version ${version} is the one that holds.`, "version");
  return updateAudience(stores, id, { definition, note, restoredFrom: version }, createdBy);
}

/** Two versions as of one moment, each by what the audiences that it refers to mean now. Errors: `not_found`. */
export async function compareVersions(
  services: Pick<Services, "eventStore" | "metadata" | "now">,
  id: string,
  query: { before: number; after: number; asOf?: string | undefined; limit?: number | undefined },
  signal?: AbortSignal,
): Promise<ComparedPeople & { changes: DefinitionChange[] }> {
  await readAudience(services, id);
  const [before, after, words] = await Promise.all([
    definitionOfVersion(services, id, query.before, "before"),
    definitionOfVersion(services, id, query.after, "after"),
    wordsOf(services),
  ]);
  const compared = await compareDefinitions(services, { ...query, before, after }, signal);
  return { ...compared, changes: describeChanges(before, after, words) };
}

async function wordsOf(stores: Stores): Promise<DescribeContext> {
  const { timeZone, audiences } = await audienceContext(stores, stores.now().getTime());
  return describeContext(timeZone, audiences);
}

function definitionOf({ definition }: StoredVersion): AudienceDefinition {
  return audienceDefinition.parse(definition);
}

async function definitionOfVersion(
  { metadata }: Stores,
  audienceId: string,
  version: number,
  path: string,
): Promise<AudienceDefinition> {
  const stored = await metadata.audienceVersion.findUnique({ where: { audienceId_version: { audienceId, version } } });
  if (!stored) throw new AppError("not_found", `This audience has no version ${version}.`, path);
  return definitionOf(stored);
}
