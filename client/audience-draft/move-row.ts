import { maxDepth } from "@/core/audience/definition";
import { type AudienceDraft, type DraftRow, type GroupRow, isAbsence } from "./draft";
import { changeRows, findRow, insertRow, type Place, placeOf, removeRow, rowsIn } from "./rows";

const directions = ["up", "down", "in", "out"] as const;
export type Direction = (typeof directions)[number];

/**
 * The draft with a row moved, or null where it cannot go: `up` and `down` among its siblings, `in` to the group before
 * it (or the one after), `out` of its group to the place after it.
 */
export function moveRow(draft: AudienceDraft, id: string, direction: Direction): AudienceDraft | null {
  const row = findRow(draft.rows, id);
  const place = placeOf(draft.rows, id);
  if (!row || !place) return null;
  switch (direction) {
    case "up":
    case "down":
      return moveAmong(draft, place, direction === "up" ? -1 : 1);
    case "in":
      return moveIn(draft, row, place);
    case "out":
      return moveOut(draft, row, place);
  }
}

function moveAmong(draft: AudienceDraft, { groupId, index }: Place, by: number): AudienceDraft | null {
  const siblings = rowsIn(draft, groupId);
  const row = siblings[index];
  const target = index + by;
  if (!row || target < 0 || target >= siblings.length) return null;
  return changeRows(draft, groupId, (rows) => rows.toSpliced(index, 1).toSpliced(target, 0, row));
}

function moveIn(draft: AudienceDraft, row: DraftRow, { groupId, index }: Place): AudienceDraft | null {
  const siblings = rowsIn(draft, groupId);
  const before = siblings[index - 1];
  const after = siblings[index + 1];
  const group = before?.kind === "group" ? before : after?.kind === "group" ? after : undefined;
  if (!group) return null;
  const at = group === before ? group.rows.length : 0;
  const moved = insertRow(removeRow(draft, row.id), row, { groupId: group.id, index: at });
  return isTooDeep(moved) ? null : moved;
}

function moveOut(draft: AudienceDraft, row: DraftRow, { groupId }: Place): AudienceDraft | null {
  if (groupId === null) return null;
  const groupPlace = placeOf(draft.rows, groupId);
  if (!groupPlace) return null;
  const without = removeRow(draft, row.id);
  // A group that was emptied is gone, and the row takes its place.
  const index = findRow(without.rows, groupId) ? groupPlace.index + 1 : groupPlace.index;
  return insertRow(without, row, { groupId: groupPlace.groupId, index });
}

/** Whether the definition of a draft would be deeper than definitions may be, once all of it is finished. */
export function isTooDeep({ rows }: AudienceDraft): boolean {
  const deepest = Math.max(0, ...rows.map(depthOf));
  // A lone row can be the root itself.
  return (rows.length === 1 ? deepest : 1 + deepest) > maxDepth;
}

function depthOf(row: DraftRow): number {
  if (row.kind !== "group") return row.kind === "sequence" && row.negated ? 2 : 1;
  if (row.of === "account") return 1 + levelsOf(row) + Math.max(0, ...row.rows.map(partDepth));
  return levelsOf(row) + Math.max(0, ...row.rows.map(depthOf));
}

/** In a group of an account all but its traits is asked of some person, or of nobody. */
function partDepth(row: DraftRow): number {
  if (row.kind === "group" && row.of === undefined) return levelsOf(row) + Math.max(0, ...row.rows.map(partDepth));
  if (row.kind === "trait") return 1;
  return (row.kind === "event" && !row.aggregate && isAbsence(row.count) ? 2 : 1) + depthOf(row);
}

function levelsOf({ mode, rows }: GroupRow): number {
  return mode === "all" || mode === "any" || (mode === "none" && rows.length === 1) ? 1 : 2;
}
