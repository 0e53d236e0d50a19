import { randomBytes } from "node:crypto";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";

/** The key that signs session cookies: made at the first start and kept in the data folder for its owner alone. */
export async function sessionSecret(dataDir: string, fromEnvironment: string | undefined): Promise<string> {
  if (fromEnvironment !== undefined) return fromEnvironment;
  const path = join(dataDir, "auth-secret");
  const kept = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  if (kept.trim() !== "") return kept.trim();
  const made = randomBytes(32).toString("hex");
  const file = await open(path, "w", 0o600);
  await file.writeFile(`${made}\n`);
  await file.sync();
  await file.close();
  return made;
}
