import { join } from "node:path";

/** Folder of the project, from the sources and from the bundle alike. */
export const root = join(import.meta.dirname, "..");
