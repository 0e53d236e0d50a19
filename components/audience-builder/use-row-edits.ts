"use client";

import { type Direction, moveRow } from "@/client/audience-draft/move-row";
import { duplicateRow } from "@/client/audience-draft/new-row";
import { findRow, idsInOrder, removeRow } from "@/client/audience-draft/rows";
import { type Builder, useBuilder } from "./builder-context";

export function useRowEdits(id: string) {
  return rowEdits(useBuilder(), id);
}

/** What can be done with a whole row; the focus goes with it. */
export function rowEdits({ draft, edit, focus }: Builder, id: string) {
  return {
    /** On to the next row, else to the one above, else to adding one. */
    remove() {
      const after = removeRow(draft, id);
      const left = new Set(idsInOrder(after.rows));
      const order = idsInOrder(draft.rows);
      const at = order.indexOf(id);
      const next = order.slice(at + 1).find((other) => left.has(other));
      const before = order.slice(0, at).findLast((other) => left.has(other));
      edit(() => after);
      focus(next ?? before ?? "add");
    },
    duplicate() {
      const row = findRow(draft.rows, id);
      const copy = row && duplicateRow(draft, row);
      if (!copy) return;
      edit(() => copy.draft);
      focus(copy.id);
    },
    canMove: (direction: Direction) => moveRow(draft, id, direction) !== null,
    move(direction: Direction, focused = id) {
      const moved = moveRow(draft, id, direction);
      if (!moved) return;
      edit(() => moved);
      focus(focused);
    },
  };
}
