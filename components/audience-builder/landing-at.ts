import type { AudienceDraft, DraftRow } from "@/client/audience-draft/draft";
import type { Landing } from "@/client/audience-draft/drop-row";
import { rowsIn } from "@/client/audience-draft/rows";

/** A landing place with what shows it: a line, or the row that it is joined with. All in pixels of the window. */
export interface ShownLanding {
  landing: Landing;
  box: { left: number; top: number; width: number; height: number };
}

/** Space between a row and the line that shows a place in it. */
const indent = 14;

/** Where a row that is dropped at a point of the window would land; undefined outside of all rows. */
export function landingAt(
  draft: AudienceDraft,
  point: { x: number; y: number },
  dragged: string,
): ShownLanding | undefined {
  const rows = shownRows(draft.rows, null, dragged);
  const [first] = rows;
  const last = rows.at(-1);
  if (!first || !last) return undefined;
  const under = rows.find(({ box }) => point.y < box.bottom) ?? last;
  const { row, groupId, box } = under;
  const part = (point.y - box.top) / box.height;
  const top = { left: box.left, top: box.top, width: box.width, height: 0 };
  const bottom = { ...top, top: box.bottom };
  if (part < 0.3) return { landing: { kind: "before", groupId, beforeId: row.id }, box: top };
  if (part <= 0.7) {
    return { landing: { kind: "onto", rowId: row.id }, box: { ...top, height: box.height } };
  }
  if (row.kind === "group") {
    const [inner] = row.rows;
    return {
      landing: { kind: "before", groupId: row.id, beforeId: inner?.id ?? null },
      box: { ...bottom, left: box.left + indent },
    };
  }
  return { landing: afterRow(draft, under, point.x), box: bottom };
}

interface ShownRow {
  row: DraftRow;
  groupId: string | null;
  box: DOMRect;
}

/** Rows from the top as they stand on the page, without the one that is dragged and all in it. */
function shownRows(rows: readonly DraftRow[], groupId: string | null, dragged: string): ShownRow[] {
  return rows.flatMap((row) => {
    if (row.id === dragged) return [];
    const box = document.querySelector(`[data-row="${CSS.escape(row.id)}"]`)?.getBoundingClientRect();
    const inside = row.kind === "group" ? shownRows(row.rows, row.id, dragged) : [];
    return box ? [{ row, groupId, box }, ...inside] : inside;
  });
}

/** After a row; left of the last one's words it is after its group. */
function afterRow(draft: AudienceDraft, { row, groupId, box }: ShownRow, x: number): Landing {
  const siblings = rowsIn(draft, groupId);
  const next = siblings[siblings.findIndex(({ id }) => id === row.id) + 1];
  if (next || groupId === null || x > box.left + indent * 4) {
    return { kind: "before", groupId, beforeId: next?.id ?? null };
  }
  const outer = placeAfter(draft.rows, groupId, null);
  return outer ?? { kind: "before", groupId, beforeId: null };
}

function placeAfter(rows: readonly DraftRow[], id: string, groupId: string | null): Landing | undefined {
  for (const [index, row] of rows.entries()) {
    if (row.id === id) return { kind: "before", groupId, beforeId: rows[index + 1]?.id ?? null };
    const inside = row.kind === "group" ? placeAfter(row.rows, id, row.id) : undefined;
    if (inside) return inside;
  }
  return undefined;
}
