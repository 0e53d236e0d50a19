import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { Import } from "@/generated/prisma/client";
import { readSpooled } from "./spool";

async function hashOf(seed: string, pieces: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash("sha256").update(seed);
  for await (const piece of pieces) hash.update(piece);
  return hash.digest("hex").slice(0, 32);
}

/** Of the text, so that a file is the same packed and unpacked; of the file as it is where it cannot be unpacked whole. */
async function contentHash(path: string, seed: string): Promise<string> {
  try {
    return await hashOf(seed, await readSpooled(path));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && String(error.code).startsWith("Z_"))) throw error;
    return hashOf(seed, createReadStream(path));
  }
}

/**
 * Names of the messages of a file that have none of their own: made from the file's content, what it was taken for, and
 * the place in it, so that the same file brought in again changes nothing, and another one never collides with it.
 */
export async function nameLines(run: Pick<Import, "spoolPath" | "mapping">): Promise<(place: string) => string> {
  if (run.spoolPath === null) throw new Error("The import has no file");
  const file = await contentHash(run.spoolPath, JSON.stringify(run.mapping ?? null));
  return (place) => `import-${file}-${place}`;
}
