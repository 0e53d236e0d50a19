import { hash } from "node:crypto";

/** What a messageId is known by: it is its source's own. Equal names are the same message. */
export function messageName(source: string, messageId: string): string {
  return `${source}\0${messageId}`;
}

/** SHA-256 of a message's name; its first 16 bytes are the `hash` of `message_ids`. */
export function messageHash(name: string): Buffer {
  return hash("sha256", name, "buffer");
}
