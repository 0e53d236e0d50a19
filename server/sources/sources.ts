import type { Prisma } from "@/generated/prisma/client";
import type { Source, SourceChanges } from "../../core/api/sources";
import { AppError } from "../../core/errors";
import type { Metadata } from "../metadata/scoped";
import { isUniqueViolation } from "../metadata/unique-violation";
import { makeWriteKey } from "./write-key";

const withKeys = {
  writeKeys: {
    orderBy: [{ createdAt: "desc" }, { key: "asc" }],
    select: { key: true, createdAt: true, revokedAt: true },
  },
} as const satisfies Prisma.SourceInclude;

type Stored = Prisma.SourceGetPayload<{ include: typeof withKeys }>;

/** Sources that Foothold makes by itself, at most one of each. */
export type OwnSource = "imports" | "sample";
const own: Readonly<Record<OwnSource, { name: string; kind: Source["kind"]; sample: boolean }>> = {
  imports: { name: "File imports", kind: "import", sample: false },
  sample: { name: "Sample data", kind: "other", sample: true },
};

function sourceOf(stored: Stored): Source {
  const { id, name, kind, environment, enabled, ratePerSecond, rateBurst, archivedAt, createdAt } = stored;
  const newest = stored.writeKeys.find(({ revokedAt }) => revokedAt === null);
  if (newest === undefined) throw new Error(`Source ${id} has no write key`);
  const now = Date.now();
  const holding = stored.writeKeys.filter(({ revokedAt }) => revokedAt === null || revokedAt.getTime() > now);
  return {
    id,
    name,
    kind,
    environment,
    writeKey: newest.key,
    keys: holding.map((one) => ({
      key: one.key,
      createdAt: one.createdAt.toISOString(),
      endsAt: one.revokedAt?.toISOString() ?? null,
    })),
    enabled,
    rateLimit: ratePerSecond === null || rateBurst === null ? null : { perSecond: ratePerSecond, burst: rateBurst },
    archivedAt: archivedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}

type Settings = Pick<SourceChanges, "kind" | "environment" | "rateLimit">;

function columnsOf({ kind, environment, rateLimit }: Settings) {
  const rate =
    rateLimit === undefined ? {} : { ratePerSecond: rateLimit?.perSecond ?? null, rateBurst: rateLimit?.burst ?? null };
  return { kind, environment, ...rate };
}

export async function createSource(metadata: Metadata, name: string, settings: Settings = {}): Promise<Source> {
  const data = { name, ...columnsOf(settings), writeKeys: { create: { key: makeWriteKey() } } };
  return sourceOf(await metadata.source.create({ data, include: withKeys }));
}

/** The source of what comes in without one of its own: of files, or of the sample. Made when it is first needed. */
export async function ensureOwnSource(metadata: Metadata, origin: OwnSource): Promise<Source> {
  const found = await metadata.source.findFirst({ where: { origin }, include: withKeys });
  if (found !== null) return sourceOf(found);
  const data = { origin, ...own[origin], writeKeys: { create: { key: makeWriteKey() } } };
  try {
    return sourceOf(await metadata.source.create({ data, include: withKeys }));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    // Another was quicker.
    return sourceOf(await metadata.source.findFirstOrThrow({ where: { origin }, include: withKeys }));
  }
}

/** Sources in the order in which they were made; `after` is the id of the last one of the page before. */
export async function listSources(
  metadata: Metadata,
  page: { limit: number; after: string | undefined },
  archived = false,
): Promise<Source[]> {
  const stored = await metadata.source.findMany({
    where: {
      archivedAt: archived ? { not: null } : null,
      ...(page.after === undefined ? {} : { id: { gt: page.after } }),
    },
    orderBy: { id: "asc" },
    take: page.limit,
    include: withKeys,
  });
  return stored.map(sourceOf);
}

/** Throws `not_found`. */
export async function getSource(metadata: Metadata, id: string): Promise<Source> {
  const stored = await metadata.source.findUnique({ where: { id }, include: withKeys });
  if (stored === null) throw unknownSource();
  return sourceOf(stored);
}

/** Changes what is given. Throws `not_found`. */
export async function updateSource(
  metadata: Metadata,
  id: string,
  { name, enabled, archived, ...settings }: SourceChanges,
  now: Date,
): Promise<Source> {
  const { archivedAt } = await getSource(metadata, id);
  const archiving =
    archived === undefined || archived === (archivedAt !== null) ? {} : { archivedAt: archived ? now : null };
  await metadata.source.updateMany({ where: { id }, data: { name, enabled, ...columnsOf(settings), ...archiving } });
  return getSource(metadata, id);
}

function unknownSource(): AppError {
  return new AppError("not_found", "There is no source with this id.");
}
