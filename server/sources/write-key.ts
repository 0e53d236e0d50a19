import { randomBytes } from "node:crypto";

const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
const length = 32;

/** A new write key: 32 letters and digits, none of them easily taken for another, about 186 random bits. */
export function makeWriteKey(): string {
  let key = "";
  while (key.length < length) {
    for (const byte of randomBytes(length)) {
      // The largest multiple of the alphabet's size below 256: beyond it some letters would be likelier than others.
      if (byte < alphabet.length * 4 && key.length < length) key += alphabet.charAt(byte % alphabet.length);
    }
  }
  return key;
}
