import type { JsonObject, JsonValue } from "../event/message";
import type { Violation } from "./violation";

/** A copy of the properties without those that violate the plan, and what was taken away, by its path. */
export function dropViolating(
  values: JsonObject,
  violations: readonly Violation[],
): { kept: JsonObject; dropped: JsonObject } {
  let kept = values;
  const dropped: [string, JsonValue][] = [];
  for (const { drop, property } of violations) {
    if (drop === undefined) continue;
    const gone = without(kept, drop);
    if (gone === undefined) continue;
    kept = gone.rest;
    dropped.push([property.replace(/\[\].*$/, ""), gone.value]);
  }
  return { kept, dropped: Object.fromEntries(dropped) };
}

function without(
  values: JsonObject,
  [name, ...rest]: readonly string[],
): { rest: JsonObject; value: JsonValue } | undefined {
  if (name === undefined || !Object.hasOwn(values, name)) return undefined;
  const value = values[name] ?? null;
  const entries = Object.entries(values);
  if (rest.length === 0) return { rest: Object.fromEntries(entries.filter(([key]) => key !== name)), value };
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const inner = without(value, rest);
  if (inner === undefined) return undefined;
  const changed = entries.map(([key, old]): [string, JsonValue] => [key, key === name ? inner.rest : old]);
  return { rest: Object.fromEntries(changed), value: inner.value };
}
