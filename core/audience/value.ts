import type { JsonObject, JsonValue } from "../event/message";

const decimal = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** Absent, null, "" and [] are missing; absent is `undefined`. */
export function isMissing(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

/** The number that a value counts as where a number is asked for: a number, or text that is wholly a decimal number. */
export function numberOf(value: JsonValue): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && decimal.test(value) ? Number(value) : undefined;
}

/** Text as it is compared without regard to case: Unicode lower case, the final sigma taken for any other. */
export function foldCase(text: string): string {
  return text.toLowerCase().replaceAll("ς", "σ");
}

/**
 * The values at a path: at the path as a literal key if there is one, else by its dots into objects. A list on the way
 * stands for its elements, so that there may be several values; there are none where the path leads nowhere.
 * Lists within lists are not entered.
 */
export function valuesAt(object: JsonObject, path: string): JsonValue[] {
  const literal = own(object, path);
  if (literal !== undefined) return [literal];
  return path.split(".").reduce<JsonValue[]>(
    (found, key) =>
      found
        .flatMap((value) => (Array.isArray(value) ? value : [value]))
        .flatMap((value) => {
          const inner =
            typeof value === "object" && value !== null && !Array.isArray(value) ? own(value, key) : undefined;
          return inner === undefined ? [] : [inner];
        }),
    [object],
  );
}

function own(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
