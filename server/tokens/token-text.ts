import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

const tokenPrefix = "fh_";

/** A new API token: 256 random bits after `fh_`. */
export function makeTokenText(): string {
  return `${tokenPrefix}${randomBytes(32).toString("base64url")}`;
}

/** What is stored of a token. It is random text, so that a plain hash cannot be turned back by guessing. */
export function hashToken(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The part of a token that may be shown, to tell one from another. */
export function shownPrefix(text: string): string {
  return text.slice(0, tokenPrefix.length + 6);
}

/** Compares in a time that does not tell how much of the text is right. */
export function sameToken(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(hashToken(one)), Buffer.from(hashToken(other)));
}
