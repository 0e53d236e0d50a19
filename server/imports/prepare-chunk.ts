import type { Arrived } from "../ingest/intake";
import { maxImportedMessageBytes } from "../ingest/limits";
import { normalize } from "../ingest/normalize";
import type { Entry } from "./entry";

/** A message of a file, as it stands at its line. */
export type ArrivedLine = Arrived & { readonly line: number };

function hasName({ value }: { value: unknown }): boolean {
  return typeof value === "object" && value !== null && "messageId" in value && Boolean(value.messageId);
}

/** Whether any message of these needs a name made for it. */
export function needNames(entries: readonly Entry[]): boolean {
  return entries.some((entry) => "value" in entry && !hasName(entry));
}

/** A file's times stand as written. */
const around = { trustTimestamps: true } as const;

/**
 * Reads the messages of a chunk. `name` is asked for the messageId of those without one, by their place: the line, and
 * the position among the messages of that line where there are several.
 */
export function prepareChunk(
  entries: readonly Entry[],
  importId: string,
  receivedAt: number,
  name: (place: string) => string,
): ArrivedLine[] {
  return entries.map((entry) => {
    const { line } = entry;
    const place = { receivedAt, around, importId, line };
    if ("refusal" in entry) return { ...place, raw: null, text: entry.raw, read: entry.refusal };
    const { position } = entry;
    const envelope = {
      receivedAt,
      trustTimestamps: true,
      maxMessageBytes: maxImportedMessageBytes,
      nameMessage: () => name(position === undefined ? `${line}` : `${line}.${position}`),
    };
    return { ...place, raw: entry.value, read: normalize(entry.value, undefined, envelope, 0) };
  });
}
