import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./run.mjs";

/** Kept beside the packages, so that deleting node_modules forgets everything that was made with them. */
const folder = path.join(root, "node_modules/.cache/foothold");

/** Whether `name` was last made from inputs with this hash, and what it made is still there. */
export function isCurrent(name, hash, outputs) {
  const file = path.join(folder, name);
  return (
    existsSync(file) &&
    readFileSync(file, "utf8") === hash &&
    outputs.every((output) => existsSync(path.join(root, output)))
  );
}

export function markCurrent(name, hash) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, name), hash);
}
