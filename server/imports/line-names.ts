import { createHash } from "node:crypto";
import type { Import } from "@/generated/prisma/client";
import { readSpooled } from "./spool";

/**
 * Names of the messages of a file that have none of their own: made from the file's content, what it was taken for, and
 * the place in it, so that the same file brought in again changes nothing, and another one never collides with it.
 */
export async function nameLines(run: Pick<Import, "spoolPath" | "mapping">): Promise<(place: string) => string> {
  if (run.spoolPath === null) throw new Error("The import has no file");
  const content = createHash("sha256").update(JSON.stringify(run.mapping ?? null));
  for await (const piece of await readSpooled(run.spoolPath)) content.update(piece);
  const file = content.digest("hex").slice(0, 32);
  return (place) => `import-${file}-${place}`;
}
