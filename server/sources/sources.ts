import type { Source } from "../../core/api/sources";
import { AppError } from "../../core/errors";
import type { Metadata } from "../metadata/scoped";
import { isUniqueViolation } from "../metadata/unique-violation";
import { makeWriteKey } from "./write-key";

const withKey = {
  writeKeys: { where: { revokedAt: null }, orderBy: { createdAt: "desc" }, take: 1, select: { key: true } },
} as const;

interface Stored {
  id: string;
  name: string;
  createdAt: Date;
  writeKeys: readonly { key: string }[];
}

function sourceOf({ id, name, createdAt, writeKeys }: Stored): Source {
  const [newest] = writeKeys;
  if (newest === undefined) throw new Error(`Source ${id} has no write key`);
  return { id, name, writeKey: newest.key, createdAt: createdAt.toISOString() };
}

/** Sources that Foothold makes by itself, at most one of each kind. */
export type OwnSource = "imports" | "sample";
const ownNames: Readonly<Record<OwnSource, string>> = { imports: "File imports", sample: "Sample data" };

export async function createSource(metadata: Metadata, name: string): Promise<Source> {
  return sourceOf(
    await metadata.source.create({
      data: { name, writeKeys: { create: { key: makeWriteKey() } } },
      include: withKey,
    }),
  );
}

/** The source of what comes in without one of its own: of files, or of the sample. Made when it is first needed. */
export async function ensureOwnSource(metadata: Metadata, kind: OwnSource): Promise<Source> {
  const found = await metadata.source.findFirst({ where: { kind }, include: withKey });
  if (found !== null) return sourceOf(found);
  const data = {
    kind,
    name: ownNames[kind],
    sample: kind === "sample",
    writeKeys: { create: { key: makeWriteKey() } },
  };
  try {
    return sourceOf(await metadata.source.create({ data, include: withKey }));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    // Another was quicker.
    return sourceOf(await metadata.source.findFirstOrThrow({ where: { kind }, include: withKey }));
  }
}

/** Sources in the order in which they were made; `after` is the id of the last one of the page before. */
export async function listSources(
  metadata: Metadata,
  page: { limit: number; after: string | undefined },
): Promise<Source[]> {
  const stored = await metadata.source.findMany({
    where: page.after === undefined ? {} : { id: { gt: page.after } },
    orderBy: { id: "asc" },
    take: page.limit,
    include: withKey,
  });
  return stored.map(sourceOf);
}

/** Throws `not_found`. */
export async function getSource(metadata: Metadata, id: string): Promise<Source> {
  const stored = await metadata.source.findUnique({ where: { id }, include: withKey });
  if (stored === null) throw unknownSource();
  return sourceOf(stored);
}

/** Throws `not_found`. */
export async function renameSource(metadata: Metadata, id: string, name: string): Promise<Source> {
  const { count } = await metadata.source.updateMany({ where: { id }, data: { name } });
  if (count === 0) throw unknownSource();
  return getSource(metadata, id);
}

function unknownSource(): AppError {
  return new AppError("not_found", "There is no source with this id.");
}
