import type { PlanVersion, SourceEnforcement, TrackingPlan } from "@/core/api/tracking-plan";
import { AppError } from "@/core/errors";
import { planChanges } from "@/core/tracking-plan/changes";
import { emptyPlan, type PlanDefinition, planDefinition } from "@/core/tracking-plan/definition";
import type { TrackingPlanVersion } from "@/generated/prisma/client";
import { isUniqueViolation } from "@/server/metadata/unique-violation";
import type { Services } from "@/server/services";
import { versionAuthors } from "@/server/versions/version-authors";
import { type Enforced, enforcedOf, usualEnforcement } from "./plan-keeper";

type Stores = Pick<Services, "metadata" | "plan">;

const defaultLimit = 50;

function definitionOf({ definition }: Pick<TrackingPlanVersion, "definition">): PlanDefinition {
  return planDefinition.parse(definition);
}

export async function getPlan({ metadata }: Pick<Services, "metadata">): Promise<TrackingPlan> {
  const [stored, sources] = await Promise.all([
    metadata.trackingPlanVersion.findFirst({ orderBy: { version: "desc" } }),
    metadata.source.findMany({ orderBy: { id: "asc" }, include: { enforcement: true } }),
  ]);
  return {
    version: stored?.version ?? 0,
    definition: stored === null ? emptyPlan : definitionOf(stored),
    updatedAt: stored?.createdAt.toISOString() ?? null,
    sources: sources.map(({ id, name, enforcement }) => ({
      sourceId: id,
      name,
      ...(enforcement === null ? usualEnforcement : enforcedOf(enforcement)),
    })),
  };
}

/**
 * Makes a new version, which holds for every message from then on; what changes nothing makes none. Errors: `conflict` when
 * `base` is not the version that holds: somebody else has changed the plan meanwhile.
 */
export async function savePlan(
  stores: Stores,
  { definition, base, note = "", restoredFrom }: SavedPlan,
  createdBy: string | null,
): Promise<TrackingPlan> {
  const held = await getPlan(stores);
  if (held.version !== base) throw changedMeanwhile(held.version);
  if (planChanges(held.definition, definition).length === 0 && sameOrder(held.definition, definition)) return held;
  try {
    const data = { version: base + 1, definition: toJson(definition), note, restoredFrom, createdBy };
    await stores.metadata.trackingPlanVersion.create({ data });
  } catch (error) {
    throw isUniqueViolation(error) ? changedMeanwhile(base + 1) : error;
  }
  await stores.plan.reload();
  return getPlan(stores);
}

interface SavedPlan {
  definition: PlanDefinition;
  base: number;
  note?: string | undefined;
  restoredFrom?: number;
}

/** As the column takes it: without what is undefined. */
function toJson(definition: PlanDefinition): object {
  return JSON.parse(JSON.stringify(definition));
}

function sameOrder(before: PlanDefinition, after: PlanDefinition): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

function changedMeanwhile(version: number): AppError {
  return new AppError(
    "conflict",
    `The plan was changed meanwhile: version ${version} holds. Load it, and change it again.`,
    "base",
  );
}

/** Makes an earlier version hold again. Errors: `not_found`; `conflict` for the one that holds. */
export async function restorePlan(
  stores: Stores,
  { version, note }: { version: number; note?: string | undefined },
  createdBy: string | null,
): Promise<TrackingPlan> {
  const stored = await stores.metadata.trackingPlanVersion.findFirst({ where: { version } });
  if (stored === null) throw new AppError("not_found", `The plan has no version ${version}.`, "version");
  const { version: base } = await getPlan(stores);
  if (version === base) throw new AppError("conflict", `Version ${version} is the one that holds.`, "version");
  return savePlan(stores, { definition: definitionOf(stored), base, note, restoredFrom: version }, createdBy);
}

/** A page of versions, newest first. Errors: `invalid` for a cursor that no page was answered with. */
export async function planVersions(
  { metadata }: Pick<Services, "metadata">,
  { limit = defaultLimit, cursor }: { limit?: number | undefined; cursor?: string | undefined },
): Promise<{ items: PlanVersion[]; nextCursor: string | null }> {
  if (cursor !== undefined && !/^[1-9]\d{0,8}$/.test(cursor)) {
    throw new AppError("invalid", "This cursor is not one that a page was answered with.", "cursor");
  }
  const stored = await metadata.trackingPlanVersion.findMany({
    where: cursor === undefined ? {} : { version: { lt: Number(cursor) } },
    orderBy: { version: "desc" },
    take: limit + 1,
  });
  const shown = stored.slice(0, limit);
  const authors = await versionAuthors(
    metadata,
    shown.map(({ createdBy }) => createdBy),
  );
  const items = shown.map((version, index) => {
    const earlier = stored[index + 1];
    const definition = definitionOf(version);
    return {
      version: version.version,
      definition,
      createdBy: (version.createdBy !== null && authors.get(version.createdBy)) || null,
      createdAt: version.createdAt.toISOString(),
      note: version.note,
      restoredFrom: version.restoredFrom,
      changes: planChanges(earlier ? definitionOf(earlier) : emptyPlan, definition),
    };
  });
  return { items, nextCursor: stored.length > limit ? String(items.at(-1)?.version) : null };
}

/** Says what the plan does with the messages of a source, from now on. Errors: `not_found`. */
export async function setEnforcement(
  { metadata, plan }: Stores,
  sourceId: string,
  changes: Partial<Enforced>,
): Promise<SourceEnforcement> {
  const source = await metadata.source.findUnique({ where: { id: sourceId }, include: { enforcement: true } });
  if (source === null) throw new AppError("not_found", "There is no source with this id.");
  const before = source.enforcement === null ? usualEnforcement : enforcedOf(source.enforcement);
  const enforced = { ...before, ...changes };
  await metadata.planEnforcement.upsert({
    where: { sourceId },
    create: { sourceId, ...enforced },
    update: enforced,
  });
  await plan.reload();
  return { sourceId, name: source.name, ...enforced };
}
