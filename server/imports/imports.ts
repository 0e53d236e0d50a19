import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import type { ImportRun, TableMapping } from "../../core/api/imports";
import { AppError } from "../../core/errors";
import type { Services } from "../services";
import { ensureOwnSource } from "../sources/sources";
import { assertReadable, formatOf } from "./file-kind";
import { importRunOf } from "./import-run";
import { spool, unpackSpooled } from "./spool";
import { parseMapping } from "./table-plan";

type ImportServices = Pick<Services, "metadata" | "imports">;

export interface SentFile {
  readonly body: AsyncIterable<Uint8Array>;
  readonly contentType: string | null;
  readonly fileName: string | undefined;
  readonly format: ImportRun["format"] | undefined;
  readonly sourceId: string | undefined;
  /** JSON of a TableMapping. */
  readonly mapping: string | undefined;
}

async function sourceFor(metadata: ImportServices["metadata"], sourceId: string | undefined): Promise<string> {
  const found =
    sourceId === undefined
      ? await ensureOwnSource(metadata, "imports")
      : await metadata.source.findUnique({ where: { id: sourceId } });
  if (found === null) throw new AppError("not_found", "There is no source with this id.", "sourceId");
  if (!found.enabled || found.archivedAt !== null) {
    const why = `Nothing comes in through ${found.name}, which is switched off or archived. Switch it on, or choose another source.`;
    throw new AppError("conflict", why, "sourceId");
  }
  return found.id;
}

/**
 * Takes a file and starts to bring it in. Resolves when the file is kept: from then on the import ends, whatever happens to
 * this process. Errors: `invalid` for a mapping that does not fit, or a file that cannot be read; `not_found` for the source, `conflict`
 * for one that is switched off or archived.
 */
export async function startImport({ metadata, imports }: ImportServices, file: SentFile): Promise<ImportRun> {
  const mapping: TableMapping | null = file.mapping === undefined ? null : parseMapping(file.mapping);
  const sourceId = await sourceFor(metadata, file.sourceId);
  const { path, bytes } = await spool(imports.folder, randomUUID(), file.body);
  try {
    const format = file.format ?? (await formatOf(path, file.fileName, file.contentType));
    if (mapping !== null && format === "ndjson") {
      throw new AppError("invalid", "A mapping is for CSV and Parquet; this file is NDJSON.", "mapping");
    }
    if (format === "parquet") await unpackSpooled(path);
    await assertReadable(path, format, mapping);
    const run = await metadata.import.create({
      data: {
        sourceId,
        format,
        fileName: file.fileName ?? null,
        spoolPath: path,
        bytesTotal: bytes,
        ...(mapping === null ? {} : { mapping }),
      },
    });
    imports.start(run);
    return importRunOf(run);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/** Throws `not_found`. */
export async function getImport(metadata: ImportServices["metadata"], id: string): Promise<ImportRun> {
  const run = await metadata.import.findUnique({ where: { id } });
  if (run === null) throw new AppError("not_found", "There is no import with this id.");
  return importRunOf(run);
}

/** Imports, newest first; `after` is the id of the last one of the page before. */
export async function listImports(
  metadata: ImportServices["metadata"],
  page: { limit: number; after: string | undefined },
): Promise<ImportRun[]> {
  const runs = await metadata.import.findMany({
    where: page.after === undefined ? {} : { id: { lt: page.after } },
    orderBy: { id: "desc" },
    take: page.limit,
  });
  return runs.map(importRunOf);
}

/** Stops an import; one that has ended stays as it is. Throws `not_found`. */
export async function cancelImport({ metadata, imports }: ImportServices, id: string): Promise<ImportRun> {
  await getImport(metadata, id);
  await imports.cancel(id);
  return getImport(metadata, id);
}
