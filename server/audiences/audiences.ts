import * as z from "zod";
import type { Audience, AudienceWithCount } from "@/core/api/audiences";
import { type AudienceDefinition, audienceDefinition } from "@/core/audience/definition";
import { referencesOf } from "@/core/audience/references";
import { validateDefinition } from "@/core/audience/validate";
import { AppError } from "@/core/errors";
import { type Audience as AudienceRow, type AudienceVersion, Prisma } from "@/generated/prisma/client";
import type { Services } from "@/server/services";
import { audienceContext, momentOf } from "./context";
import { countAudiences } from "./count";
import { freeKey, keyFromName } from "./key";

type Stores = Pick<Services, "eventStore" | "metadata" | "now">;

interface NewAudience {
  name: string;
  description?: string | undefined;
  definition: AudienceDefinition;
}

interface AudienceChanges {
  name?: string | undefined;
  description?: string | undefined;
  definition?: AudienceDefinition | undefined;
  archived?: boolean | undefined;
}

/** A definition as the metadata store takes it. */
const json = z.record(z.string(), z.json());

const withCurrentVersion = { versions: { orderBy: { version: "desc" }, take: 1 } } as const;

function audienceOf(row: AudienceRow & { versions: AudienceVersion[] }): Audience {
  const [current] = row.versions;
  if (!current) throw new Error(`Audience ${row.id} has no version`);
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    description: row.description,
    version: row.version,
    definition: audienceDefinition.parse(current.definition),
    archivedAt: row.archivedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** Audiences with their counts as of now, last changed first; archived ones alone when asked for. */
export async function listAudiences(stores: Stores, archived: boolean): Promise<AudienceWithCount[]> {
  const rows = await stores.metadata.audience.findMany({
    where: { archivedAt: archived ? { not: null } : null },
    orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
    include: withCurrentVersion,
  });
  return withCounts(stores, rows.map(audienceOf), undefined);
}

/** An audience without its count. Errors: `not_found`. */
export async function readAudience({ metadata }: Pick<Stores, "metadata">, id: string): Promise<Audience> {
  const row = await metadata.audience.findUnique({ where: { id }, include: withCurrentVersion });
  if (!row) throw new AppError("not_found", "There is no audience with this id.");
  return audienceOf(row);
}

/** An audience with its count as of a moment, now unless told. Errors: `not_found`. */
export async function getAudience(stores: Stores, id: string, asOf: string | undefined): Promise<AudienceWithCount> {
  const [audience] = await withCounts(stores, [await readAudience(stores, id)], asOf);
  if (!audience) throw new Error("One audience has one count");
  return audience;
}

async function withCounts(
  stores: Stores,
  audiences: readonly Audience[],
  asOf: string | undefined,
): Promise<AudienceWithCount[]> {
  const now = momentOf(stores, asOf);
  const context = await audienceContext(stores, now);
  const definitions = audiences.map(({ definition }) => definition);
  const counts = await countAudiences(stores.eventStore, definitions, context);
  return audiences.map((audience, index) => ({
    ...audience,
    count: counts[index]?.count ?? 0,
    candidates: counts[index]?.candidates ?? 0,
    asOf: new Date(now).toISOString(),
  }));
}

/** Saves a definition as version 1, under a key made from the name. Errors: `invalid`. */
export async function createAudience(
  stores: Stores,
  { name, description, definition }: NewAudience,
  createdBy: string | null,
): Promise<Audience> {
  await validate(stores, definition);
  const key = keyFromName(name);
  for (;;) {
    const alike = await stores.metadata.audience.findMany({
      where: { key: { startsWith: key } },
      select: { key: true },
    });
    const free = freeKey(key, new Set(alike.map((audience) => audience.key)));
    const versions = { create: { version: 1, definition: json.parse(definition), createdBy } };
    const data = { key: free, name, description, versions };
    try {
      return audienceOf(await stores.metadata.audience.create({ data, include: withCurrentVersion }));
    } catch (error) {
      // Another one of that name was made at the same time and has the key now.
      if (!isTaken(error)) throw error;
    }
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}

/**
 * Changes what is given; a definition becomes a new version, and the key stays. Errors: `not_found`; `invalid`;
 * `conflict` for archiving what another audience uses.
 */
export async function updateAudience(
  stores: Stores,
  id: string,
  { name, description, definition, archived }: AudienceChanges,
  createdBy: string | null,
): Promise<Audience> {
  const { archivedAt } = await readAudience(stores, id);
  if (definition) await validate(stores, definition, id);
  const toArchive = archived === true && archivedAt === null;
  if (toArchive) await refuseWhileUsed(stores, id);
  const archiving =
    archived === undefined || archived === (archivedAt !== null) ? {} : { archivedAt: toArchive ? stores.now() : null };
  return stores.metadata.$transaction(async (transaction) => {
    const next = definition ? { version: { increment: 1 } } : {};
    const { version } = await transaction.audience.update({
      where: { id },
      data: { name, description, ...archiving, ...next },
    });
    if (definition) {
      await transaction.audienceVersion.create({
        data: { audienceId: id, version, definition: json.parse(definition), createdBy },
      });
    }
    return audienceOf(await transaction.audience.findUniqueOrThrow({ where: { id }, include: withCurrentVersion }));
  });
}

/** Throws `conflict`, with the names, while audiences that are not archived refer to this one. */
async function refuseWhileUsed({ metadata }: Stores, id: string): Promise<void> {
  const others = await metadata.audience.findMany({
    where: { archivedAt: null, id: { not: id } },
    orderBy: { name: "asc" },
    include: withCurrentVersion,
  });
  const users = others
    .map(audienceOf)
    .filter(({ definition }) => referencesOf(definition.root).some((reference) => reference.audienceId === id))
    .map(({ name }) => `“${name}”`);
  if (users.length > 0) {
    throw new AppError("conflict", `This audience is used by ${users.join(", ")}. Change or archive that first.`);
  }
}

async function validate(stores: Stores, definition: AudienceDefinition, self?: string): Promise<void> {
  validateDefinition(definition, { ...(await audienceContext(stores, stores.now().getTime(), definition)), self });
}
