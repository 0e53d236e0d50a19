import type { FunnelDefinition } from "@/core/funnel/definition";

/** Whether two funnels say the same. */
export function sameFunnel(left: FunnelDefinition | null, right: FunnelDefinition | null): boolean {
  return JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));
}

/** With keys in one order, and none that say nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}
