import { type FileHandle, mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { tryLock, unlock } from "fs-native-extensions";
import * as z from "zod";

const holder = z.object({ pid: z.int(), startedAt: z.string(), address: z.string().optional() });
type Holder = z.infer<typeof holder>;

/** Another process works on the folder; the message says which, and what to do. */
export class LockedError extends Error {
  override readonly name = "LockedError";
}

export interface Lock {
  /** Notes where this process can be reached, for whoever is refused. */
  announce(address: string): Promise<void>;
  release(): Promise<void>;
}

/**
 * Takes the folder for this process alone. Neither embedded store guards itself against a second process, and two of them
 * lose data silently. The lock is the system's own (flock), so that it goes with the process however that ends.
 * Throws LockedError when another process has it.
 */
export async function lockDataDir(dataDir: string, startedAt: Date): Promise<Lock> {
  await mkdir(dataDir, { recursive: true });
  const path = join(dataDir, "lock");
  const file = await open(path, "a+", 0o600);
  if (!tryLock(file.fd)) {
    await file.close();
    throw new LockedError(refusal(dataDir, await readHolder(path)));
  }
  const self: Holder = { pid: process.pid, startedAt: startedAt.toISOString() };
  await write(file, self);
  return {
    announce: (address) => write(file, { ...self, address }),
    async release() {
      await file.truncate(0);
      unlock(file.fd);
      await file.close();
    },
  };
}

async function write(file: FileHandle, content: Holder): Promise<void> {
  await file.truncate(0);
  await file.write(`${JSON.stringify(content)}\n`);
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return holder.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    // The other process has taken the lock and not yet said who it is.
    return undefined;
  }
}

function refusal(dataDir: string, other: Holder | undefined): string {
  const who = other === undefined ? "Another process" : `Process ${other.pid}, started ${other.startedAt},`;
  const where = other?.address === undefined ? "" : ` and answers at ${other.address}`;
  return `${who} is using ${dataDir}${where}. Only one process may work on a data folder at a time: stop that one first, or set DATA_DIR to another folder.`;
}
