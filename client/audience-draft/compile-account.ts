import type { AccountNode, AccountTree, AudienceTree } from "@/core/audience/definition";
import { assertNever } from "@/core/errors";
import { type DraftRow, type GroupRow, isAbsence } from "./draft";

interface Compiling {
  /** The node of a row that is asked of a person; null where it is unfinished. */
  compileRow: (row: DraftRow, path: string) => AudienceTree | null;
  /** Writes down where a group's rows stand. */
  place: (rowId: string, path: string) => void;
  leaveOut: (rowId: string) => void;
}

/** A group of an account's rows as a node; null without a finished row. `path` is where the node stands. */
export function compileAccountGroup(row: GroupRow, path: string, compiling: Compiling): AudienceTree | null {
  const negated = row.mode === "none" || row.mode === "notAll";
  const at = negated ? `${path}.condition` : path;
  const kind = row.mode === "any" || row.mode === "none" ? "any" : "all";
  const condition = groupOf(kind, row.rows, `${at}.condition`, compiling);
  if (!condition) return null;
  const node: AccountNode = { kind: "account", condition };
  return negated ? { kind: "not", condition: node } : node;
}

/** A single row is no group. */
function groupOf(
  kind: "all" | "any",
  rows: readonly DraftRow[],
  path: string,
  compiling: Compiling,
): AccountTree | null {
  const [only, ...others] = rows;
  if (only && others.length === 0) {
    const part = compilePart(only, path, compiling);
    if (!part) compiling.leaveOut(only.id);
    return part;
  }
  return joined(kind, rows, path, compiling);
}

function joined(
  kind: "all" | "any",
  rows: readonly DraftRow[],
  path: string,
  compiling: Compiling,
): AccountTree | null {
  const conditions: AccountTree[] = [];
  for (const row of rows) {
    const part = compilePart(row, `${path}.conditions[${conditions.length}]`, compiling);
    if (part) conditions.push(part);
    else compiling.leaveOut(row.id);
  }
  return conditions.length === 0 ? null : { kind, conditions };
}

function compilePart(row: DraftRow, path: string, compiling: Compiling): AccountTree | null {
  if (row.kind === "group" && row.of === undefined) {
    const part = compileGroup(row, path, compiling);
    if (part) compiling.place(row.id, path);
    return part;
  }
  const node = compiling.compileRow(row, path);
  if (!node) return null;
  if (node.kind === "trait") return node;
  if (node.kind === "not" && node.condition.kind === "sequence") {
    return { kind: "not", condition: { kind: "person", condition: node.condition } };
  }
  if (node.kind === "event" && !node.aggregate && node.count && isAbsence(node.count)) {
    const { count: _, ...did } = node;
    return { kind: "not", condition: { kind: "person", condition: did } };
  }
  return { kind: "person", condition: node };
}

function compileGroup({ mode, rows }: GroupRow, path: string, compiling: Compiling): AccountTree | null {
  switch (mode) {
    case "all":
    case "any":
      return joined(mode, rows, path, compiling);
    case "none":
      return negated(groupOf("any", rows, `${path}.condition`, compiling));
    case "notAll":
      return negated(joined("all", rows, `${path}.condition`, compiling));
    default:
      return assertNever(mode);
  }
}

function negated(condition: AccountTree | null): AccountTree | null {
  return condition && { kind: "not", condition };
}
