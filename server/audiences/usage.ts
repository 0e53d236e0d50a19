import type { AudienceUse } from "@/core/api/audiences";
import { referencesOf } from "@/core/audience/references";
import { AppError } from "@/core/errors";
import { funnelDefinition } from "@/core/funnel/definition";
import type { Services } from "@/server/services";
import { audienceOf, readAudience, withCurrentVersion } from "./stored";

type Stores = Pick<Services, "metadata">;

/** Where an audience is used: audiences by name, then funnels by name, then destinations. Errors: `not_found`. */
export async function usageOfAudience(stores: Stores, id: string): Promise<AudienceUse[]> {
  await readAudience(stores, id);
  return [
    ...(await audiencesUsing(stores, id)),
    ...(await funnelsUsing(stores, id)),
    ...(await syncsUsing(stores, id)),
  ];
}

async function audiencesUsing({ metadata }: Stores, id: string): Promise<AudienceUse[]> {
  const others = await metadata.audience.findMany({
    where: { id: { not: id } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    include: withCurrentVersion,
  });
  return others
    .map(audienceOf)
    .filter(({ definition }) => referencesOf(definition.root).some(({ audienceId }) => audienceId === id))
    .map((audience) => ({
      kind: "audience",
      id: audience.id,
      name: audience.name,
      as: "condition",
      archivedAt: audience.archivedAt,
    }));
}

async function funnelsUsing({ metadata }: Stores, id: string): Promise<AudienceUse[]> {
  const funnels = await metadata.funnel.findMany({ orderBy: [{ name: "asc" }, { id: "asc" }] });
  return funnels.flatMap((stored): AudienceUse[] => {
    const { audienceId, definition, breakdown } = funnelDefinition.parse(stored.funnel);
    const condition = definition && referencesOf(definition.root).some((reference) => reference.audienceId === id);
    const roles: AudienceUse["as"][] = [
      ...(audienceId === id ? ["counted" as const] : []),
      ...(condition ? ["condition" as const] : []),
      ...(breakdown && "audienceId" in breakdown && breakdown.audienceId === id ? ["breakdown" as const] : []),
    ];
    return roles.map((as) => ({
      kind: "funnel",
      id: stored.id,
      name: stored.name,
      as,
      archivedAt: stored.archivedAt?.toISOString() ?? null,
    }));
  });
}

/** What would wait for members without end; syncs that were cancelled need none. */
async function syncsUsing({ metadata }: Stores, id: string): Promise<AudienceUse[]> {
  const syncs = await metadata.sync.findMany({
    where: { OR: [{ audienceId: id }, { suppressionId: id }], status: { not: "cancelled" } },
    orderBy: { id: "asc" },
    select: { audienceId: true, destination: { select: { id: true, name: true } } },
  });
  return syncs.map(({ audienceId, destination }) => ({
    kind: "destination",
    ...destination,
    as: audienceId === id ? "sent" : "suppression",
    archivedAt: null,
  }));
}

/** Throws `conflict`, with the names, while something that is not archived uses this audience. */
export async function refuseWhileUsed(stores: Stores, id: string): Promise<void> {
  const uses = (await usageOfAudience(stores, id)).filter(({ archivedAt }) => archivedAt === null);
  if (uses.length === 0) return;
  const names = new Set(uses.map(({ kind, name }) => `the ${kind} “${name}”`));
  throw new AppError("conflict", `This audience is used by ${[...names].join(", ")}. Change or archive that first.`);
}
