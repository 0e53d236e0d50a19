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
  archived?: boolean | undefined;
}

/** A definition as the metadata store takes it. */
const json = z.record(z.string(), z.json());

function funnelOf(stored: StoredFunnel): Funnel {
  const { id, name, description, archivedAt, createdAt, updatedAt } = stored;
  return {
    id,
    name,
    description,
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

/** Errors: `invalid`, as for a preview. */
export async function createFunnel(
  stores: Stores,
  { name, description, funnel }: { name: string; description?: string | undefined; funnel: FunnelDefinition },
): Promise<Funnel> {
  await validate(stores, funnel);
  return funnelOf(await stores.metadata.funnel.create({ data: { name, description, funnel: json.parse(funnel) } }));
}

/** Errors: `not_found`. */
export async function getFunnel({ metadata }: Stores, id: string): Promise<Funnel> {
  const stored = await metadata.funnel.findUnique({ where: { id } });
  if (!stored) throw new AppError("not_found", "There is no funnel with this id.");
  return funnelOf(stored);
}

/** Changes what is given. Errors: `not_found`; `invalid`, as for a preview. */
export async function updateFunnel(stores: Stores, id: string, changes: FunnelChanges): Promise<Funnel> {
  const { name, description, funnel, archived } = changes;
  const { archivedAt } = await getFunnel(stores, id);
  if (funnel) await validate(stores, funnel);
  const archiving =
    archived === undefined || archived === (archivedAt !== null) ? {} : { archivedAt: archived ? stores.now() : null };
  return funnelOf(
    await stores.metadata.funnel.update({
      where: { id },
      data: { name, description, funnel: funnel && json.parse(funnel), ...archiving },
    }),
  );
}

async function validate(stores: Stores, funnel: FunnelDefinition): Promise<void> {
  validateFunnel(funnel, await audienceContext(stores, stores.now().getTime()));
}
