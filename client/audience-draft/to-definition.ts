import type { AudienceDefinition, AudienceTree, EventNode } from "@/core/audience/definition";
import { type Comparison, type EventFilter, eventFilter, traitNode } from "@/core/audience/filter";
import { assertNever } from "@/core/errors";
import type { AudienceDraft, DraftFilter, DraftRow, EventRow, GroupRow } from "./draft";
import { isDate, isWindowFinished } from "./window-words";

export interface Compiled {
  /** Of the finished rows; null when there is none. */
  definition: AudienceDefinition | null;
  /** Paths of the definition (`root.conditions[1]`) by the row that they come from. */
  pathOfRow: ReadonlyMap<string, string>;
  /** Rows and filters that are left out because something in them is still to be chosen. */
  unfinished: ReadonlySet<string>;
}

/**
 * The definition of what is finished in a draft. An unfinished row or filter is left out; a group without a finished row
 * is left out as well. `pathOfRow` has an entry for each row that is in.
 */
export function toDefinition(draft: AudienceDraft): Compiled {
  const pathOfRow = new Map<string, string>();
  const unfinished = new Set<string>();
  const conditions = compileAll(draft.rows, "root.conditions", { pathOfRow, unfinished });
  if (conditions.length === 0) return { definition: null, pathOfRow, unfinished };
  const definition: AudienceDefinition = { version: 1, root: { kind: "all", conditions } };
  if (draft.includeAnonymous) definition.includeAnonymous = true;
  return { definition, pathOfRow, unfinished };
}

/** Holds for every candidate: what an empty draft is counted by. */
export function everyone(includeAnonymous: boolean): AudienceDefinition {
  return {
    version: 1,
    root: { kind: "event", count: { op: "at_least", value: 0 } },
    ...(includeAnonymous ? { includeAnonymous } : {}),
  };
}

interface Notes {
  pathOfRow: Map<string, string>;
  unfinished: Set<string>;
}

/** Rows to nodes, counting only those that are finished, so that each path is the one that the server will see. */
function compileAll(rows: readonly DraftRow[], path: string, notes: Notes): AudienceTree[] {
  const nodes: AudienceTree[] = [];
  for (const row of rows) {
    const node = compileRow(row, `${path}[${nodes.length}]`, notes);
    if (node === null) notes.unfinished.add(row.id);
    else nodes.push(node);
  }
  return nodes;
}

function compileRow(row: DraftRow, path: string, notes: Notes): AudienceTree | null {
  const node = row.kind === "group" ? compileGroup(row, path, notes) : compileSentence(row, notes);
  if (node !== null) notes.pathOfRow.set(row.id, path);
  return node;
}

function compileSentence(row: Exclude<DraftRow, GroupRow>, notes: Notes): AudienceTree | null {
  switch (row.kind) {
    case "event":
      return compileEvent(row, notes);
    case "trait": {
      if (row.trait === null) return null;
      const parsed = traitNode.safeParse({ kind: "trait", trait: row.trait, ...comparisonOf(row) });
      return parsed.success && isComparable(parsed.data) ? parsed.data : null;
    }
    case "audience":
      return row.audienceId === null ? null : { kind: "audience", audienceId: row.audienceId, member: row.member };
    case "sequence":
      return row.negated ? { kind: "not", condition: row.node } : row.node;
    default:
      return assertNever(row);
  }
}

function compileEvent(row: EventRow, notes: Notes): EventNode | null {
  if (row.choice.kind === "unchosen" || !isWindowFinished(row.window)) return null;
  const node: EventNode = { kind: "event" };
  if (row.choice.kind === "named") node.event = row.choice.event;
  if (row.type !== undefined) node.type = row.type;
  const where = row.where.flatMap((filter) => compileFilter(filter, notes));
  if (where.length > 0) node.where = where;
  if (row.window.kind !== "ever") node.window = row.window;
  if (row.count.op !== "at_least" || row.count.value !== 1) node.count = row.count;
  return node;
}

function compileFilter(filter: DraftFilter, notes: Notes): EventFilter[] {
  const parsed = eventFilter.safeParse({ [filter.of]: filter.path, ...comparisonOf(filter) });
  if (parsed.success && isComparable(parsed.data)) return [parsed.data];
  notes.unfinished.add(filter.id);
  return [];
}

function comparisonOf({ op, value }: Pick<DraftFilter, "op" | "value">): object {
  return op === "exists" || op === "not_exists" ? { op } : { op, value };
}

/** A date that is no date is refused by the server: until it is one, the row waits. */
function isComparable(comparison: Comparison): boolean {
  return (comparison.op !== "before" && comparison.op !== "after") || isDate(comparison.value);
}

function compileGroup(row: GroupRow, path: string, notes: Notes): AudienceTree | null {
  switch (row.mode) {
    case "all":
    case "any":
      return groupOf(row.mode, row.rows, path, notes);
    case "none":
    case "notAll": {
      const condition = groupOf(row.mode === "none" ? "any" : "all", row.rows, `${path}.condition`, notes);
      return condition === null ? null : { kind: "not", condition };
    }
    default:
      return assertNever(row.mode);
  }
}

function groupOf(kind: "all" | "any", rows: readonly DraftRow[], path: string, notes: Notes): AudienceTree | null {
  const conditions = compileAll(rows, `${path}.conditions`, notes);
  return conditions.length === 0 ? null : { kind, conditions };
}
