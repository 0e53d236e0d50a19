import * as z from "zod";
import type { Audience } from "@/core/api/audiences";
import { audienceDefinition } from "@/core/audience/definition";
import { AppError } from "@/core/errors";
import type { Audience as AudienceRow, AudienceVersion } from "@/generated/prisma/client";
import type { Metadata } from "@/server/metadata/scoped";

/** A definition as the metadata store takes it. */
export const storedDefinition = z.record(z.string(), z.json());

export const withCurrentVersion = { versions: { orderBy: { version: "desc" }, take: 1 } } as const;

export type StoredAudience = AudienceRow & { versions: AudienceVersion[] };

export function audienceOf(row: StoredAudience): Audience {
  const [current] = row.versions;
  if (!current) throw new Error(`Audience ${row.id} has no version`);
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    description: row.description,
    tags: row.tags,
    version: row.version,
    definition: audienceDefinition.parse(current.definition),
    archivedAt: row.archivedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** An audience without its count. Errors: `not_found`. */
export async function readAudience({ metadata }: { metadata: Metadata }, id: string): Promise<Audience> {
  const row = await metadata.audience.findUnique({ where: { id }, include: withCurrentVersion });
  if (!row) throw new AppError("not_found", "There is no audience with this id.");
  return audienceOf(row);
}
