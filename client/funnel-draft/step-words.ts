import { stepLabel } from "@/core/funnel/label";
import type { EventRow } from "../audience-draft/draft";
import type { FunnelDraft } from "./draft";

/** What a step of a draft is called; a step without an event is called by its place. */
export function draftStepName({ rows, labels }: Pick<FunnelDraft, "rows" | "labels">, id: string): string {
  const at = rows.findIndex((row) => row.id === id);
  const row = rows[at];
  return row ? (nameOf(row, labels[id]) ?? `step ${at + 1}`) : "a removed step";
}

function nameOf({ choice, type }: EventRow, label: string | undefined): string | undefined {
  if (choice.kind === "unchosen") return label || undefined;
  return stepLabel({ label, type, ...(choice.kind === "named" && { event: choice.event }) });
}
