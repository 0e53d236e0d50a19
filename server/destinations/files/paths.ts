import { createHash } from "node:crypto";
import type { ForwardedEvent } from "../destination";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

const dayOf = (at: string) => at.slice(0, 10);
/** Made of what is in the file, so that the same batch again is the same file again. */
const nameOf = (key: string) => sha256(key).slice(0, 32);

export function pathOfChanges(batchKey: string, at: string, audienceKey: string, format: string): string {
  return `${audienceKey}/${dayOf(at)}/${nameOf(batchKey)}.${format}`;
}

export function pathOfEvents(events: readonly ForwardedEvent[], at: string): string {
  return `events/${dayOf(at)}/${nameOf(events.map(({ key }) => key).join("\n"))}.ndjson`;
}
