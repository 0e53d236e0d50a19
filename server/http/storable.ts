import { AppError, formatPath } from "../../core/errors";

const maxDepth = 64;
const unpairedSurrogate = /\p{Surrogate}/u;

/**
 * Refuses JSON that no store could hold: text with NUL or half a surrogate pair (PostgreSQL takes neither), and nesting so
 * deep that walking it would overflow. Throws `invalid` with the path.
 */
export function assertStorable(value: unknown, path: readonly PropertyKey[] = []): void {
  if (typeof value === "string") {
    assertText(value, path);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  if (path.length >= maxDepth) {
    throw new AppError("invalid", `The body is nested more than ${maxDepth} levels deep.`, formatPath(path));
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) assertStorable(item, [...path, index]);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    assertText(key, path);
    assertStorable(item, [...path, key]);
  }
}

function assertText(text: string, path: readonly PropertyKey[]): void {
  if (!text.includes("\0") && !unpairedSurrogate.test(text)) return;
  throw new AppError("invalid", "Text must not hold the NUL character or half a surrogate pair.", formatPath(path));
}
