import { isMissing } from "../audience/value";
import type { JsonValue } from "../event/message";

/**
 * The value by which a breakdown tells people apart, of the values at its path: the only one, null where that is missing.
 * Where the path leads through a list to several, the list of them.
 */
export function groupValue(values: readonly JsonValue[]): JsonValue {
  const [only = null] = values;
  const value = values.length > 1 ? [...values] : only;
  return isMissing(value) ? null : value;
}

/** The same text for values that are the same, by type and value; objects regardless of the order of their keys. */
export function groupKey(value: JsonValue): string {
  return JSON.stringify(value, (_, part: JsonValue) => {
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
