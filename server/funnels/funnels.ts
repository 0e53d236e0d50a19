import * as z from "zod";
import type { Funnel } from "@/core/api/funnels";
import { AppError } from "@/core/errors";
import { type FunnelDefinition, funnelDefinition } from "@/core/funnel/definition";
import { validateFunnel } from "@/core/funnel/validate";
import type { Funnel as StoredFunnel } from "@/generated/prisma/client";
import { audienceContext } from "@/server/audiences/context";
import type { Services } from "@/server/services";

type Stores = Pick<Services, "metadata" | "now">;

interface FunnelChanges {
  name?: string | undefined;
  description?: string | undefined;
  funnel?: FunnelDefinition | undefined;
  /** Why the definition is changed. */
  note?: string | undefined;
  /** The version that the definition is of. */
  restoredFrom?: number | undefined;
  archived?: boolean | undefined;
}

/** A definition as the metadata store takes it. */
const json = z.record(z.string(), z.json());

function funnelOf(stored: StoredFunnel): Funnel {
  const { id, name, description, version, archivedAt, createdAt, updatedAt } = stored;
  return {
    id,
    name,
    description,
    version,
    funnel: funnelDefinition.parse(stored.funnel),
    archivedAt: archivedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

/** Saved funnels, last changed first. `after` is the id of the last one of the page before; archived ones are left out unless asked for. */
export async function listFunnels(
  { metadata }: Stores,
  page: { archived: boolean; limit: number; after: string | undefined },
): Promise<Funnel[]> {
  const stored = await metadata.funnel.findMany({
    where: { archivedAt: page.archived ? { not: null } : null },
    orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
    take: page.limit,
    ...(page.after === undefined ? {} : { cursor: { id: page.after }, skip: 1 }),
  });
  return stored.map(funnelOf);
}

/** Saves a funnel as version 1. Errors: `invalid`, as for a preview. */
export async function createFunnel(
  stores: Stores,
  { name, description, funnel }: { name: string; description?: string | undefined; funnel: FunnelDefinition },
  createdBy: string | null,
): Promise<Funnel> {
  await validate(stores, funnel);
  const stored = json.parse(funnel);
  const versions = { create: { version: 1, funnel: stored, createdBy } };
  return funnelOf(await stores.metadata.funnel.create({ data: { name, description, funnel: stored, versions } }));
}

/** Errors: `not_found`. */
export async function getFunnel({ metadata }: Stores, id: string): Promise<Funnel> {
  const stored = await metadata.funnel.findUnique({ where: { id } });
  if (!stored) throw new AppError("not_found", "There is no funnel with this id.");
  return funnelOf(stored);
}

/** Changes what is given; a definition becomes a new version. Errors: `not_found`; `invalid`, as for a preview. */
export async function updateFunnel(
  stores: Stores,
  id: string,
  { name, description, funnel, note, restoredFrom, archived }: FunnelChanges,
  createdBy: string | null,
): Promise<Funnel> {
  const { archivedAt } = await getFunnel(stores, id);
  if (note !== undefined && !funnel) {
    throw new AppError("invalid", "A note is kept with a new version: send its funnel as well.", "note");
  }
  if (funnel) await validate(stores, funnel);
  const archiving =
    archived === undefined || archived === (archivedAt !== null) ? {} : { archivedAt: archived ? stores.now() : null };
  return stores.metadata.$transaction(async (transaction) => {
    const next = funnel ? { funnel: json.parse(funnel), version: { increment: 1 } } : {};
    const stored = await transaction.funnel.update({
      where: { id },
      data: { name, description, ...archiving, ...next },
    });
    if (funnel) {
      const { version } = stored;
      const data = { funnelId: id, version, funnel: json.parse(funnel), note, restoredFrom, createdBy };
      await transaction.funnelVersion.create({ data });
    }
    return funnelOf(stored);
  });
}

async function validate(stores: Stores, funnel: FunnelDefinition): Promise<void> {
  validateFunnel(funnel, await audienceContext(stores, stores.now().getTime()));
}
