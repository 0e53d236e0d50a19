import type { FunnelDefinition } from "@/core/funnel/definition";
import type { FunnelStep } from "@/core/funnel/rules";
import type { EventRow } from "../audience-draft/draft";
import { fromDefinition } from "../audience-draft/from-definition";
import { eventSentence } from "../audience-draft/new-row";
import { RowIds } from "../audience-draft/row-ids";
import { toDefinition } from "../audience-draft/to-definition";

/**
 * A funnel while it is composed. Its steps are rows like those of an audience, so that the same words edit both; a step
 * without an event and a filter without a value are left out of what is computed.
 */
export interface FunnelDraft {
  rows: readonly EventRow[];
  /** Own names of steps, by row. */
  labels: Readonly<Record<string, string>>;
  rest: Omit<FunnelDefinition, "steps">;
  nextId: number;
}

/** Most steps of a funnel. */
export const maxSteps = 20;

export function openDraft({ steps, ...rest }: FunnelDefinition): FunnelDraft {
  const conditions = steps.map(({ label: _, ...match }) => ({ kind: "event" as const, ...match }));
  const { rows, nextId } = fromDefinition({ version: 1, root: { kind: "all", conditions } });
  const labels = Object.fromEntries(rows.map(({ id }, index) => [id, steps[index]?.label ?? ""]));
  return { rows: rows.filter((row) => row.kind === "event"), labels, rest, nextId };
}

export interface CompiledFunnel {
  /** Of the finished steps; null when there is none. */
  funnel: FunnelDefinition | null;
  /** Rows and filters that are left out because something in them is still to be chosen. */
  unfinished: ReadonlySet<string>;
}

export function compileDraft({ rows, labels, rest, nextId }: FunnelDraft): CompiledFunnel {
  const { definition, unfinished } = toDefinition({ includeAnonymous: false, rows: [...rows], nextId });
  const finished = rows.filter(({ id }) => !unfinished.has(id));
  const nodes = definition?.root.kind === "all" ? definition.root.conditions : [];
  const steps = nodes.flatMap((node, index): FunnelStep[] => {
    if (node.kind !== "event") return [];
    const { event, type, where } = node;
    const label = labels[finished[index]?.id ?? ""]?.trim();
    return [{ ...(event && { event }), ...(type && { type }), ...(where && { where }), ...(label && { label }) }];
  });
  return { funnel: steps.length === 0 ? null : { ...rest, steps }, unfinished };
}

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

export function removeStep(draft: FunnelDraft, id: string): FunnelDraft {
  return { ...draft, rows: draft.rows.filter((row) => row.id !== id) };
}

/** Moves a step one place down, or up; it stays where there is no place. */
export function moveStep(draft: FunnelDraft, id: string, by: 1 | -1): FunnelDraft {
  const from = draft.rows.findIndex((row) => row.id === id);
  const moved = draft.rows[from];
  const to = from + by;
  if (!moved || to < 0 || to >= draft.rows.length) return draft;
  return { ...draft, rows: draft.rows.toSpliced(from, 1).toSpliced(to, 0, moved) };
}

/** Changes what holds for the whole funnel; undefined takes a part away. */
export function changeRest(draft: FunnelDraft, change: Partial<FunnelDraft["rest"]>): FunnelDraft {
  return { ...draft, rest: { ...draft.rest, ...change } };
}

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
