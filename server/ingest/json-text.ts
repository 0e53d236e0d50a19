/** Deeper than any tracking call, and far below what the engine's JSON parser takes. */
const maxDepth = 64;

/** Whether a value from JSON.parse nests deeper than the engine can be relied on to read. */
export function isTooDeep(value: unknown, left: number = maxDepth): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (left === 0) return true;
  for (const key in value) {
    if (isTooDeep(Reflect.get(value, key), left - 1)) return true;
  }
  return false;
}

const escapedSurrogate = /\\ud[89a-f]/;
/** JSON.stringify writes numbers up to 10^21 in full, but one past 64 bits makes the engine refuse the whole text. */
const manyDigits = /\d{19}/;

function isPast64Bits(value: number): boolean {
  return Math.abs(value) >= 2 ** 63 && Math.abs(value) < 1e21;
}

function portable(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.toWellFormed());
  if (typeof value === "number" && isPast64Bits(value)) return `"${value}"`;
  if (Array.isArray(value)) return `[${value.map(portable).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, inner]) => `${JSON.stringify(key.toWellFormed())}:${portable(inner)}`,
  );
  return `{${members.join(",")}}`;
}

/**
 * JSON of a value from JSON.parse that the engine's parser reads too: a lone surrogate, which UTF-8 cannot hold,
 * becomes U+FFFD, and a whole number past 64 bits becomes its digits as text, which count as that number wherever one is
 * asked for. Most texts need no second look.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  return escapedSurrogate.test(text) || manyDigits.test(text) ? portable(value) : text;
}

/** Whether text takes more than `limit` bytes in UTF-8; a UTF-16 unit takes at most three. */
export function exceedsBytes(texts: readonly string[], limit: number): boolean {
  let units = 0;
  for (const text of texts) units += text.length;
  if (units * 3 <= limit) return false;
  if (units > limit) return true;
  let bytes = 0;
  for (const text of texts) bytes += Buffer.byteLength(text);
  return bytes > limit;
}
