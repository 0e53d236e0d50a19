import type { EventRow } from "../audience-draft/draft";
import { eventSentence } from "../audience-draft/new-row";
import { RowIds } from "../audience-draft/row-ids";
import type { DraftExclusion, FunnelDraft } from "./draft";

/** Adds a step at the end, of an event or still to be chosen. */
export function addStep(draft: FunnelDraft, chosen: Pick<EventRow, "choice" | "type">): FunnelDraft {
  const ids = new RowIds(draft.nextId);
  const row: EventRow = { ...eventSentence(""), ...chosen, id: ids.take() };
  return { ...draft, rows: [...draft.rows, row], nextId: ids.next };
}

export function changeStep(draft: FunnelDraft, id: string, change: Partial<EventRow>): FunnelDraft {
  return { ...draft, rows: draft.rows.map((row) => (row.id === id ? { ...row, ...change } : row)) };
}

export function nameStep(draft: FunnelDraft, id: string, label: string): FunnelDraft {
  return { ...draft, labels: { ...draft.labels, [id]: label } };
}

/** Lets a step be skipped, or not. */
export function setOptional(draft: FunnelDraft, id: string, optional: boolean): FunnelDraft {
  const others = draft.optional.filter((other) => other !== id);
  return { ...draft, optional: optional ? [...others, id] : others };
}

/** Moves a step one place down, or up; it stays where there is no place. */
export function moveStep(draft: FunnelDraft, id: string, by: 1 | -1): FunnelDraft {
  const from = draft.rows.findIndex((row) => row.id === id);
  const moved = draft.rows[from];
  const to = from + by;
  if (!moved || to < 0 || to >= draft.rows.length) return draft;
  return { ...draft, rows: draft.rows.toSpliced(from, 1).toSpliced(to, 0, moved) };
}

/** Adds an event that must not happen between the first step and the last. */
export function addExclusion(draft: FunnelDraft, chosen: Pick<EventRow, "choice" | "type">): FunnelDraft {
  const ids = new RowIds(draft.nextId);
  const row: EventRow = { ...eventSentence(""), ...chosen, id: ids.take() };
  return { ...draft, exclude: [...draft.exclude, { row, after: null, before: null }], nextId: ids.next };
}

export function changeExclusion(draft: FunnelDraft, id: string, change: Partial<DraftExclusion>): FunnelDraft {
  return {
    ...draft,
    exclude: draft.exclude.map((exclusion) => (exclusion.row.id === id ? { ...exclusion, ...change } : exclusion)),
  };
}

/** Rows of steps and of exclusions one after another, as an audience has its rows. */
export function rowsOf({ rows, exclude }: FunnelDraft): EventRow[] {
  return [...rows, ...exclude.map(({ row }) => row)];
}

/**
 * Puts changed rows where those of `rowsOf` stand; a row that is gone goes with all that named it. Rows never change
 * between being a step and being an exclusion.
 */
export function withRows(draft: FunnelDraft, rows: readonly EventRow[], nextId: number): FunnelDraft {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const excluded = new Set(draft.exclude.map(({ row }) => row.id));
  const steps = rows.filter(({ id }) => !excluded.has(id));
  const ifThere = (id: string | null) => (id !== null && byId.has(id) ? id : null);
  const { breakdown } = draft;
  return {
    ...draft,
    rows: steps,
    optional: draft.optional.filter((id) => byId.has(id)),
    exclude: draft.exclude.flatMap(({ row, after, before }) => {
      const changed = byId.get(row.id);
      return changed ? [{ row: changed, after: ifThere(after), before: ifThere(before) }] : [];
    }),
    breakdown: breakdown?.kind === "property" && !byId.has(breakdown.step) ? null : breakdown,
    nextId,
  };
}

/** Changes what holds for the whole funnel; undefined takes a part away. */
export function changeRest(draft: FunnelDraft, change: Partial<FunnelDraft["rest"]>): FunnelDraft {
  return { ...draft, rest: { ...draft.rest, ...change } };
}
