import type { AudienceDraft, GroupRow } from "./draft";
import { isTooDeep } from "./move-row";
import { RowIds } from "./row-ids";
import { findRow, insertRow, placeOf, removeRow, replaceRow, rowsIn } from "./rows";

/** Where a dragged row lands: before another of a group (or at its end), or on another one, to be joined with it. */
export type Landing =
  | { kind: "before"; groupId: string | null; beforeId: string | null }
  | { kind: "onto"; rowId: string };

/** The draft with a row moved to where it was dropped; null where it cannot go, and where nothing would change. */
export function dropRow(draft: AudienceDraft, id: string, landing: Landing): AudienceDraft | null {
  const row = findRow(draft.rows, id);
  if (!row || isInside(draft, id, landing)) return null;
  const without = removeRow(draft, id);
  const dropped = landing.kind === "onto" ? joined(without, row, landing.rowId) : insertedBefore(without, row, landing);
  if (!dropped || isTooDeep(dropped) || JSON.stringify(dropped.rows) === JSON.stringify(draft.rows)) return null;
  return dropped;
}

type Row = NonNullable<ReturnType<typeof findRow>>;

function insertedBefore(
  without: AudienceDraft,
  row: Row,
  { groupId, beforeId }: Extract<Landing, { kind: "before" }>,
): AudienceDraft | null {
  // The group may have gone with its only row.
  if (groupId !== null && !findRow(without.rows, groupId)) return null;
  const siblings = rowsIn(without, groupId);
  const index = beforeId === null ? siblings.length : siblings.findIndex((sibling) => sibling.id === beforeId);
  return index < 0 ? null : insertRow(without, row, { groupId, index });
}

/** Both rows in an “any of” where the one stood; a group takes the row in at its end. */
function joined(without: AudienceDraft, row: Row, ontoId: string): AudienceDraft | null {
  const onto = findRow(without.rows, ontoId);
  const place = placeOf(without.rows, ontoId);
  if (!onto || !place) return null;
  if (onto.kind === "group") return replaceRow(without, { ...onto, rows: [...onto.rows, row] });
  const ids = new RowIds(without.nextId);
  const group: GroupRow = { kind: "group", id: ids.take(), mode: "any", rows: [onto, row] };
  return insertRow(removeOnly({ ...without, nextId: ids.next }, ontoId), group, place);
}

/** Takes a row out and leaves its group, for something else comes to its place. */
function removeOnly(draft: AudienceDraft, id: string): AudienceDraft {
  const place = placeOf(draft.rows, id);
  if (!place) return draft;
  const { groupId } = place;
  if (groupId === null) return { ...draft, rows: draft.rows.filter((row) => row.id !== id) };
  const group = findRow(draft.rows, groupId);
  return group?.kind === "group"
    ? replaceRow(draft, { ...group, rows: group.rows.filter((row) => row.id !== id) })
    : draft;
}

/** A group cannot land in itself. */
function isInside(draft: AudienceDraft, id: string, landing: Landing): boolean {
  const row = findRow(draft.rows, id);
  const target = landing.kind === "onto" ? landing.rowId : landing.groupId;
  if (!row || target === null) return false;
  return target === id || (row.kind === "group" && findRow(row.rows, target) !== undefined);
}
