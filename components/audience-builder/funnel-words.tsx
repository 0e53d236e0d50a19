"use client";

import type { AccountRow, FunnelRow } from "@/client/audience-draft/draft";
import { nodePhrases } from "@/core/audience/describe/describe-node";
import { readingText } from "@/core/audience/describe/phrase";
import { useBuilder } from "./builder-context";

/** "dropped after step 2 of the funnel (Signed Up, then Activated) within 14 days": made from a funnel's figure, and read here. */
export function FunnelWords({ row }: { row: FunnelRow | AccountRow }) {
  const { audiences, timeZone } = useBuilder();
  const audienceName = (id: string) => audiences?.find((audience) => audience.id === id)?.name;
  return <span className="text-ink">{readingText(nodePhrases(row.node, { timeZone, audienceName }))}</span>;
}
