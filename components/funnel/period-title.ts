import { formatDate } from "@/client/format";
import type { EntryUnit } from "@/core/funnel/figure";

/** "Mon 2 Nov 2026", "week from Mon 2 Nov 2026". */
export function periodTitle(date: string, unit: EntryUnit): string {
  const day = formatDate(`${date}T00:00:00Z`, "UTC");
  return unit === "day" ? day : `week from ${day}`;
}
