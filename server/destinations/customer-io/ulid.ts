import { createHash } from "node:crypto";

const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A ULID that is always the same for one moment and key: Customer.io keeps one event of each. */
export function ulidOf(at: number, key: string): string {
  const random = createHash("sha256").update(key).digest().readBigUInt64BE();
  const tail = createHash("sha256").update(`${key}.`).digest().readUInt16BE();
  let number = (BigInt(at) << 80n) | (random << 16n) | BigInt(tail);
  let text = "";
  for (let place = 0; place < 26; place += 1) {
    text = letters.charAt(Number(number & 31n)) + text;
    number >>= 5n;
  }
  return text;
}
