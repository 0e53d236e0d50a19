import { mkdir, open, realpath, rename, rm, writeFile as writeTo } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { DeliveryError, type DeliveryFault } from "../delivery-error";

/** What the system says, in words, and by whom it is mended. */
const faults: Readonly<Record<string, readonly [DeliveryFault, string]>> = {
  ENOSPC: ["unavailable", "The disk is full"],
  EDQUOT: ["unavailable", "The disk quota is used up"],
  EFBIG: ["unavailable", "The file is larger than this system allows"],
  EACCES: ["settings", "Foothold may not write there"],
  EPERM: ["settings", "Foothold may not write there"],
  EROFS: ["settings", "This part of the disk can only be read"],
  ENOTDIR: ["settings", "A part of the path is a file"],
  EEXIST: ["settings", "A part of the path is a file"],
  EISDIR: ["settings", "There is a folder with this name"],
  ENAMETOOLONG: ["settings", "The name is too long"],
  ELOOP: ["settings", "Links lead in a circle"],
};

function faultOf(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !("syscall" in error)) return error;
  const code = "code" in error ? String(error.code) : "";
  const [fault, words] = faults[code] ?? ["unavailable", `The disk failed (${code})`];
  return new DeliveryError(fault, `${words}: ${path}.`, { cause: error });
}

/** Makes a folder within `base`. Errors: DeliveryError, also where a link leads out of `base`. */
async function makeFolder(base: string, folder: string): Promise<string> {
  const path = join(base, folder);
  try {
    await mkdir(path, { recursive: true });
    const [outer, inner] = await Promise.all([realpath(base), realpath(path)]);
    if (inner !== outer && !inner.startsWith(outer.endsWith(sep) ? outer : outer + sep)) {
      throw new DeliveryError("settings", `A link leads out of the folder that is allowed: ${path}.`);
    }
    return inner;
  } catch (error) {
    throw faultOf(error, path);
  }
}

/**
 * Writes a file within `base`, whole or not at all: under another name first, which it leaves once all of it is on the disk. One that is
 * there is replaced. Answers its bytes. Errors: DeliveryError, and whatever `content` throws.
 */
export async function writeFile(base: string, path: string, content: AsyncIterable<Uint8Array>): Promise<number> {
  const folder = await makeFolder(base, dirname(path));
  const whole = join(folder, basename(path));
  // The same each time, so that what a killed process left is written over by the next attempt.
  const part = join(folder, `.${basename(path)}.part`);
  let bytes = 0;
  try {
    const file = await open(part, "w", 0o640);
    try {
      for await (const piece of content) {
        await file.writeFile(piece);
        bytes += piece.byteLength;
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, whole);
    await syncFolder(folder);
    return bytes;
  } catch (error) {
    // What stands in the way of removing it is what stood in the way of writing it.
    await rm(part, { force: true }).catch(() => undefined);
    throw faultOf(error, whole);
  }
}

/** Whether files can be written in a folder within `base`, by writing one that is gone again. Answers its path. Errors: DeliveryError. */
export async function tryFolder(base: string, folder: string): Promise<string> {
  const path = await makeFolder(base, folder);
  const trial = join(path, ".foothold-test");
  try {
    await writeTo(trial, "Foothold can write here.\n");
    await rm(trial);
    return path;
  } catch (error) {
    throw faultOf(error, path);
  }
}

/** The new name of a file is on the disk once its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
