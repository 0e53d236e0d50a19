import type { AudienceDraft, DraftRow, GroupRow } from "./draft";

/** Where a row stands: in which group (null at the top) and as the how manieth, from 0. */
export interface Place {
  groupId: string | null;
  index: number;
}

export function findRow(rows: readonly DraftRow[], id: string): DraftRow | undefined {
  for (const row of rows) {
    if (row.id === id) return row;
    const inside = row.kind === "group" ? findRow(row.rows, id) : undefined;
    if (inside) return inside;
  }
  return undefined;
}

export function placeOf(rows: readonly DraftRow[], id: string, groupId: string | null = null): Place | undefined {
  for (const [index, row] of rows.entries()) {
    if (row.id === id) return { groupId, index };
    const inside = row.kind === "group" ? placeOf(row.rows, id, row.id) : undefined;
    if (inside) return inside;
  }
  return undefined;
}

/** Rows of a group, or the top ones for null; none for a group that is not there. */
export function rowsIn(draft: AudienceDraft, groupId: string | null): readonly DraftRow[] {
  if (groupId === null) return draft.rows;
  const group = findRow(draft.rows, groupId);
  return group?.kind === "group" ? group.rows : [];
}

/** The draft with the rows of one group (or the top) changed. */
export function changeRows(
  draft: AudienceDraft,
  groupId: string | null,
  change: (rows: DraftRow[]) => DraftRow[],
): AudienceDraft {
  if (groupId === null) return { ...draft, rows: change(draft.rows) };
  return { ...draft, rows: mapGroups(draft.rows, groupId, (group) => ({ ...group, rows: change(group.rows) })) };
}

function mapGroups(rows: DraftRow[], id: string, change: (group: GroupRow) => GroupRow): DraftRow[] {
  return rows.map((row) => {
    if (row.kind !== "group") return row;
    return row.id === id ? change(row) : { ...row, rows: mapGroups(row.rows, id, change) };
  });
}

/** The draft with one row replaced by one of the same id. */
export function replaceRow(draft: AudienceDraft, row: DraftRow): AudienceDraft {
  const place = placeOf(draft.rows, row.id);
  if (!place) return draft;
  return changeRows(draft, place.groupId, (rows) => rows.map((other) => (other.id === row.id ? row : other)));
}

export function insertRow(draft: AudienceDraft, row: DraftRow, place: Place): AudienceDraft {
  return changeRows(draft, place.groupId, (rows) => rows.toSpliced(place.index, 0, row));
}

/** The draft without a row; a group that is emptied by it goes as well. */
export function removeRow(draft: AudienceDraft, id: string): AudienceDraft {
  const place = placeOf(draft.rows, id);
  if (!place) return draft;
  const without = changeRows(draft, place.groupId, (rows) => rows.filter((row) => row.id !== id));
  const { groupId } = place;
  return groupId !== null && rowsIn(without, groupId).length === 0 ? removeRow(without, groupId) : without;
}

/** Ids from the top down, groups before their rows. */
export function idsInOrder(rows: readonly DraftRow[]): string[] {
  return rows.flatMap((row) => [row.id, ...(row.kind === "group" ? idsInOrder(row.rows) : [])]);
}
