import * as z from "zod";
import { sequenceNode } from "@/core/audience/definition";
import { sequenceRow } from "./from-definition";
import { RowIds } from "./row-ids";

/** Of the first format, what has another shape now; everything else is checked as part of the draft that comes of it. */
const firstDraft = z.looseObject({ rows: z.array(z.unknown()), nextId: z.int().positive() });
const eventRow = z.looseObject({ kind: z.literal("event") });
const traitRow = z.looseObject({ kind: z.literal("trait") });
const sequence = z.looseObject({
  kind: z.literal("sequence"),
  id: z.string(),
  negated: z.boolean(),
  node: sequenceNode,
});
const group = z.looseObject({ kind: z.literal("group"), rows: z.array(z.unknown()) });

/**
 * A draft as the first format kept it, in the shape of today: it knew no occurrences, no aggregates, no “held for”, and
 * had sequences as their definitions have them.
 */
export function upgradeDraft(draft: unknown): unknown {
  const parsed = firstDraft.safeParse(draft);
  if (!parsed.success) return draft;
  const ids = new RowIds(parsed.data.nextId);
  const rows = parsed.data.rows.map((row) => upgradeRow(row, ids));
  return { ...parsed.data, rows, nextId: ids.next };
}

function upgradeRow(row: unknown, ids: RowIds): unknown {
  const event = eventRow.safeParse(row);
  if (event.success) return { ...event.data, occurrence: "any", pickedWhere: [], aggregate: null };
  const trait = traitRow.safeParse(row);
  if (trait.success) return { ...trait.data, heldFor: null };
  const steps = sequence.safeParse(row);
  if (steps.success) return sequenceRow(steps.data.node, steps.data.negated, steps.data.id, ids);
  const rows = group.safeParse(row);
  return rows.success ? { ...rows.data, rows: rows.data.rows.map((child) => upgradeRow(child, ids)) } : row;
}
