import type { DefinitionChange, VersionAuthor } from "@/core/api/versions";
import { AppError } from "@/core/errors";
import type { Metadata } from "@/server/metadata/scoped";
import { versionAuthors } from "./version-authors";

const defaultLimit = 50;

/** What is noted of a version of anything. */
export interface StoredVersion {
  version: number;
  createdBy: string | null;
  createdAt: Date;
  note: string;
  restoredFrom: number | null;
}

interface Facts {
  version: number;
  createdBy: VersionAuthor | null;
  createdAt: string;
  note: string;
  restoredFrom: number | null;
  changes: DefinitionChange[];
}

interface Reading<Stored, Definition> {
  /** Versions, newest first: those before a number where one is given, at most `take`. */
  read: (before: { lt: number } | undefined, take: number) => Promise<Stored[]>;
  definitionOf: (stored: Stored) => Definition;
  changes: (before: Definition, after: Definition) => DefinitionChange[];
}

/**
 * A page of versions, newest first, each with what it changed; the cursor is the last version of the page before. Errors:
 * `invalid` for a cursor that no page was answered with.
 */
export async function versionPage<Stored extends StoredVersion, Definition>(
  metadata: Metadata,
  { limit = defaultLimit, cursor }: { limit?: number | undefined; cursor?: string | undefined },
  { read, definitionOf, changes }: Reading<Stored, Definition>,
): Promise<{ items: (Facts & { definition: Definition })[]; nextCursor: string | null }> {
  // One more than asked for: there may be a next page, and what the last of this one has changed is told against it.
  const stored = await read(cursor === undefined ? undefined : { lt: versionOf(cursor) }, limit + 1);
  const shown = stored.slice(0, limit);
  const authors = await versionAuthors(
    metadata,
    shown.map(({ createdBy }) => createdBy),
  );
  const items = shown.map((version, index) => {
    const definition = definitionOf(version);
    const earlier = stored[index + 1];
    return {
      version: version.version,
      definition,
      createdBy: (version.createdBy !== null && authors.get(version.createdBy)) || null,
      createdAt: version.createdAt.toISOString(),
      note: version.note,
      restoredFrom: version.restoredFrom,
      changes: earlier ? changes(definitionOf(earlier), definition) : [],
    };
  });
  return { items, nextCursor: stored.length > limit ? String(items.at(-1)?.version) : null };
}

function versionOf(cursor: string): number {
  if (/^[1-9]\d{0,8}$/.test(cursor)) return Number(cursor);
  throw new AppError("invalid", "This cursor is not one that a page was answered with.", "cursor");
}
