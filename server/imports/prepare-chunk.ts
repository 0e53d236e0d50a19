import { Refusal } from "../../core/event/refusal";
import type { Rejection } from "../ingest/ingest";
import { maxImportedMessageBytes } from "../ingest/limits";
import type { Message } from "../ingest/message";
import { normalize } from "../ingest/normalize";
import type { Entry } from "./entry";

const shownOfMessage = 4_000;

export interface PreparedChunk {
  readonly messages: readonly Message[];
  readonly rejections: readonly (Rejection & { readonly line: number })[];
}

function hasName({ value }: { value: unknown }): boolean {
  return typeof value === "object" && value !== null && "messageId" in value && Boolean(value.messageId);
}

/** Whether any message of these needs a name made for it. */
export function needNames(entries: readonly Entry[]): boolean {
  return entries.some((entry) => "value" in entry && !hasName(entry));
}

/**
 * Checks the messages of a chunk. `name` is asked for the messageId of those without one, by their place: the line, and
 * the position among the messages of that line where there are several.
 */
export function prepareChunk(
  entries: readonly Entry[],
  importId: string,
  receivedAt: number,
  name: (place: string) => string,
): PreparedChunk {
  const messages: Message[] = [];
  const rejections: PreparedChunk["rejections"][number][] = [];
  for (const entry of entries) {
    const { line } = entry;
    const position = "position" in entry ? entry.position : undefined;
    const envelope = {
      receivedAt,
      trustTimestamps: true,
      maxMessageBytes: maxImportedMessageBytes,
      nameMessage: () => name(position === undefined ? `${line}` : `${line}.${position}`),
    };
    const message = "refusal" in entry ? entry.refusal : normalize(entry.value, undefined, envelope, 0);
    if (!(message instanceof Refusal)) {
      messages.push(message);
      continue;
    }
    const raw = "raw" in entry ? entry.raw : JSON.stringify(entry.value).slice(0, shownOfMessage);
    rejections.push({ code: message.code, message: message.message, receivedAt, raw, importId, line });
  }
  return { messages, rejections };
}
