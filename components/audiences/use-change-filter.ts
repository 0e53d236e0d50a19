import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";

const kinds = ["entered", "exited"] as const;

/** What is looked for among the changes, as the address says it; a link leads to the same. */
export function useChangeFilter() {
  const [{ change, day }, set] = useQueryStates(
    { change: parseAsStringLiteral(kinds), day: parseAsString },
    { history: "replace" },
  );
  return {
    change: change ?? undefined,
    /** A day of the workspace's zone, 2026-11-21. */
    day: day !== null && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : undefined,
    setChange: (next: (typeof kinds)[number] | undefined) => void set({ change: next ?? null }),
    setDay: (next: string | undefined) => void set({ day: next ?? null }),
  };
}
export type ChangeFilterState = ReturnType<typeof useChangeFilter>;
