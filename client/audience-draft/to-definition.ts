import { type AccountTree, type AudienceDefinition, type AudienceTree, maxDepth } from "@/core/audience/definition";
import { assertNever } from "@/core/errors";
import { compileAccountGroup } from "./compile-account";
import { compileSentence } from "./compile-sentence";
import type { AudienceDraft, DraftRow, GroupRow } from "./draft";

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
 * is left out as well. `pathOfRow` has an entry for each row that is in. The root is an “all” of the rows, but for a lone
 * row that fills all levels there are: that is the root itself.
 */
export function toDefinition(draft: AudienceDraft): Compiled {
  const notes = newNotes();
  const conditions = compileAll(draft.rows, "root.conditions", notes);
  const [only, ...others] = conditions;
  if (!only) return { definition: null, ...notes };
  if (others.length === 0 && depthOf(only) >= maxDepth) {
    const alone = newNotes();
    for (const row of draft.rows) compileRow(row, "root", alone);
    return { definition: define(only, draft), ...alone, unfinished: notes.unfinished };
  }
  return { definition: define({ kind: "all", conditions }, draft), ...notes };
}

/** Holds for every candidate: what an empty draft is counted by. */
export function everyone(includeAnonymous: boolean): AudienceDefinition {
  return define({ kind: "event", count: { op: "at_least", value: 0 } }, { includeAnonymous });
}

function define(root: AudienceTree, { includeAnonymous }: Pick<AudienceDraft, "includeAnonymous">): AudienceDefinition {
  return { version: 1, root, ...(includeAnonymous ? { includeAnonymous } : {}) };
}

interface Notes {
  pathOfRow: Map<string, string>;
  unfinished: Set<string>;
}

function newNotes(): Notes {
  return { pathOfRow: new Map(), unfinished: new Set() };
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
  const node = row.kind === "group" ? compileGroup(row, path, notes) : compileSentence(row, notes.unfinished);
  if (node !== null) notes.pathOfRow.set(row.id, path);
  return node;
}

function compileGroup(row: GroupRow, path: string, notes: Notes): AudienceTree | null {
  if (row.of === "account") {
    return compileAccountGroup(row, path, {
      compileRow: (inner, at) => compileRow(inner, at, notes),
      place: (rowId, at) => notes.pathOfRow.set(rowId, at),
      leaveOut: (rowId) => notes.unfinished.add(rowId),
    });
  }
  switch (row.mode) {
    case "all":
    case "any":
      return groupOf(row.mode, row.rows, path, notes);
    case "none":
      return row.rows.length === 1 ? negationOf(row.rows, path, notes) : negatedGroup("any", row, path, notes);
    case "notAll":
      return negatedGroup("all", row, path, notes);
    default:
      return assertNever(row.mode);
  }
}

/** One row of which none holds is a plain “not”, which is a level less. */
function negationOf(rows: readonly DraftRow[], path: string, notes: Notes): AudienceTree | null {
  const [row] = rows;
  const condition = row ? compileRow(row, `${path}.condition`, notes) : null;
  if (row && condition === null) notes.unfinished.add(row.id);
  return condition && { kind: "not", condition };
}

function negatedGroup(kind: "all" | "any", row: GroupRow, path: string, notes: Notes): AudienceTree | null {
  const condition = groupOf(kind, row.rows, `${path}.condition`, notes);
  return condition && { kind: "not", condition };
}

function groupOf(kind: "all" | "any", rows: readonly DraftRow[], path: string, notes: Notes): AudienceTree | null {
  const conditions = compileAll(rows, `${path}.conditions`, notes);
  return conditions.length === 0 ? null : { kind, conditions };
}

function depthOf(node: AudienceTree | AccountTree): number {
  switch (node.kind) {
    case "all":
    case "any":
      return 1 + Math.max(...node.conditions.map(depthOf));
    case "not":
    case "account":
    case "person":
      return 1 + depthOf(node.condition);
    default:
      return 1;
  }
}
