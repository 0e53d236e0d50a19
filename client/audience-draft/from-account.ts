import type { AccountNode, AccountTree, AudienceTree, EventNode } from "@/core/audience/definition";
import { assertNever } from "@/core/errors";
import { type DraftRow, type GroupRow, isAbsence } from "./draft";

/** Makes the row of a condition on a person, in one piece. */
type RowOf = (node: AudienceTree) => DraftRow;

interface Making {
  rowOf: RowOf;
  /** An id for a group. */
  takeId: () => string;
}

/** The group of rows that says what a condition on accounts says, negated or not; null where no rows can say it. */
export function accountGroup(node: AccountNode, negated: boolean, id: string, making: Making): GroupRow | null {
  const part = partOf(node.condition, making);
  if (!part) return null;
  const { mode, rows } = held(part);
  if (!negated) return { kind: "group", id, of: "account", mode, rows };
  return { kind: "group", id, of: "account", mode: mode === "all" && rows.length > 1 ? "notAll" : "none", rows };
}

/** A group of rows becomes the account's own; one of a single row is that row. */
function held(row: DraftRow): { mode: "all" | "any"; rows: DraftRow[] } {
  if (row.kind !== "group" || row.of !== undefined) return { mode: "all", rows: [row] };
  const { mode, rows } = row;
  if (mode !== "all" && mode !== "any") return { mode: "all", rows: [row] };
  const [only, ...others] = rows;
  return only && others.length === 0 ? held(only) : { mode, rows };
}

function partsOf(nodes: readonly AccountTree[], making: Making): DraftRow[] | null {
  const rows = nodes.map((node) => partOf(node, making));
  return rows.every((row) => row !== null) ? rows : null;
}

function partOf(node: AccountTree, making: Making): DraftRow | null {
  switch (node.kind) {
    case "all":
    case "any":
      return group(node.kind, node.conditions, making);
    case "not":
      return negatedPart(node.condition, making);
    case "trait":
      return making.rowOf(node);
    case "person":
      return isSpoken(node.condition) ? making.rowOf(node.condition) : null;
    default:
      return assertNever(node);
  }
}

function group(mode: GroupRow["mode"], nodes: readonly AccountTree[], making: Making): GroupRow | null {
  const id = making.takeId();
  const rows = partsOf(nodes, making);
  return rows && { kind: "group", id, mode, rows };
}

/** What nobody of the account did is an absence of the row itself. */
function negatedPart(node: AccountTree, making: Making): DraftRow | null {
  switch (node.kind) {
    case "not":
      return partOf(node.condition, making);
    case "all":
    case "any": {
      const [only, ...others] = node.conditions;
      if (only && others.length === 0) return negatedPart(only, making);
      return group(node.kind === "any" ? "none" : "notAll", node.conditions, making);
    }
    case "person": {
      const { condition } = node;
      if (condition.kind === "sequence") return making.rowOf({ kind: "not", condition });
      if (condition.kind === "event" && asksForOne(condition)) {
        return making.rowOf({ ...condition, count: { op: "exactly", value: 0 } });
      }
      return group("none", [node], making);
    }
    case "trait":
      return group("none", [node], making);
    default:
      return assertNever(node);
  }
}

function asksForOne({ count, aggregate }: EventNode): boolean {
  return !aggregate && (!count || (count.op === "at_least" && count.value === 1));
}

/** Whether one row says it of some person of the account. */
function isSpoken(node: AudienceTree): boolean {
  switch (node.kind) {
    case "event":
      return node.aggregate !== undefined || !node.count || !isAbsence(node.count);
    case "sequence":
    case "audience":
    case "funnel":
    case "account":
      return true;
    default:
      return false;
  }
}
