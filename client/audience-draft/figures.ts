import type { AudiencePreview, ConditionCount } from "@/core/api/audiences";
import type { AudienceDraft, DraftRow } from "./draft";

/** What one row does to the count. Figures that the row does not have are undefined. */
export interface RowFigures {
  /** People whom the row alone lets in. */
  alone: number;
  /** Rows that must all hold: people left after it. */
  left?: number;
  /** People whom it took out of those left by the rows before it. */
  removes?: number;
  /** Rows of an "any of": people whom it adds to those before it. */
  adds?: number;
  /** Whether it is the first of its group, so that there is nothing before it to add to. */
  first: boolean;
  effect: "ordinary" | "changes nothing" | "empties the set";
}

/** The figures of each row by its id, from a preview of the very same draft. */
export function rowFigures(
  draft: AudienceDraft,
  pathOfRow: ReadonlyMap<string, string>,
  preview: AudiencePreview,
): ReadonlyMap<string, RowFigures> {
  const byPath = new Map((preview.conditions ?? []).map((condition) => [condition.path, condition]));
  const figures = new Map<string, RowFigures>();
  const countOf = (row: DraftRow) => {
    const path = pathOfRow.get(row.id);
    return path === undefined ? undefined : byPath.get(path);
  };
  const walk = (rows: readonly DraftRow[], start: number | undefined) => {
    let before = start;
    let first = true;
    for (const row of rows) {
      const condition = countOf(row);
      if (!condition) continue;
      figures.set(row.id, figuresOf(condition, before, first));
      if (row.kind === "group") walk(row.rows, undefined);
      before = condition.left ?? before;
      first = false;
    }
  };
  walk(draft.rows, preview.candidates);
  return figures;
}

function figuresOf({ count, left, adds }: ConditionCount, before: number | undefined, first: boolean): RowFigures {
  const removes = before === undefined || left === undefined ? undefined : before - left;
  return { alone: count, left, removes, adds, first, effect: effectOf(left, adds, before, first) };
}

function effectOf(
  left: number | undefined,
  adds: number | undefined,
  before: number | undefined,
  first: boolean,
): RowFigures["effect"] {
  if (left === 0 && before !== undefined && before > 0) return "empties the set";
  if (left !== undefined && before === left && left > 0) return "changes nothing";
  if (adds === 0 && !first) return "changes nothing";
  return "ordinary";
}
