import * as z from "zod";
import type { Import } from "@/generated/prisma/client";
import type { ImportRun } from "../../core/api/imports";

const lineError = z.strictObject({ line: z.int(), code: z.string(), message: z.string() });
export type LineError = z.infer<typeof lineError>;
const lineErrors = z.array(lineError);

/** How many refused lines are kept with the import itself. */
export const keptErrors = 100;

export function errorsOf(stored: Pick<Import, "errors">): LineError[] {
  return lineErrors.parse(stored.errors);
}

/** An import as the API answers it. */
export function importRunOf(stored: Import): ImportRun {
  return {
    id: stored.id,
    status: stored.status,
    fileName: stored.fileName,
    format: stored.format,
    sourceId: stored.sourceId,
    bytesRead: Number(stored.bytesRead),
    bytesTotal: stored.bytesTotal === null ? null : Number(stored.bytesTotal),
    read: Number(stored.read),
    accepted: Number(stored.accepted),
    duplicates: Number(stored.duplicates),
    rejected: Number(stored.rejected),
    errors: errorsOf(stored),
    failure: stored.failure,
    startedAt: stored.startedAt.toISOString(),
    finishedAt: stored.finishedAt?.toISOString() ?? null,
  };
}
