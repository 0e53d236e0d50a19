import type { AudienceTree } from "@/core/audience/definition";
import type { FunnelDefinition } from "@/core/funnel/definition";
import { fromDefinition } from "../audience-draft/from-definition";
import type { DraftBreakdown, FunnelDraft } from "./draft";

/** The draft that shows a funnel. */
export function openDraft({ steps, exclude = [], breakdown, ...rest }: FunnelDefinition): FunnelDraft {
  const conditions = [
    ...steps.map(({ label: _label, optional: _optional, ...match }): AudienceTree => ({ kind: "event", ...match })),
    ...exclude.map(({ after: _after, before: _before, ...match }): AudienceTree => ({ kind: "event", ...match })),
  ];
  const opened = fromDefinition({ version: 1, root: { kind: "all", conditions } });
  const all = opened.rows.filter((row) => row.kind === "event");
  const rows = all.slice(0, steps.length);
  const rowOf = (step: number | undefined) => (step === undefined ? null : (rows[step - 1]?.id ?? null));
  return {
    rows,
    labels: Object.fromEntries(rows.map(({ id }, index) => [id, steps[index]?.label ?? ""])),
    optional: rows.filter((_, index) => steps[index]?.optional).map(({ id }) => id),
    exclude: all.slice(steps.length).map((row, index) => ({
      row,
      after: rowOf(exclude[index]?.after),
      before: rowOf(exclude[index]?.before),
    })),
    breakdown: breakdown ? openBreakdown(breakdown, rowOf) : null,
    rest,
    nextId: opened.nextId,
  };
}

function openBreakdown(
  breakdown: NonNullable<FunnelDefinition["breakdown"]>,
  rowOf: (step: number) => string | null,
): DraftBreakdown {
  if ("trait" in breakdown) return { kind: "trait", trait: breakdown.trait };
  if ("audienceId" in breakdown) return { kind: "audience", audienceId: breakdown.audienceId };
  return { kind: "property", property: breakdown.property, step: rowOf(breakdown.step) ?? "" };
}
