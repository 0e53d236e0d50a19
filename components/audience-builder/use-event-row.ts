"use client";

import type { DraftFilter, EventRow } from "@/client/audience-draft/draft";
import { addFilter } from "@/client/audience-draft/new-row";
import { replaceRow } from "@/client/audience-draft/rows";
import { useBuilder } from "./builder-context";
import { useRowEdits } from "./use-row-edits";

/** What can be done with a sentence about an event and its filters. */
export function useEventRow(row: EventRow) {
  const { draft, edit, setOpen, focus } = useBuilder();
  const { remove } = useRowEdits(row.id);
  return {
    remove,
    addWhere() {
      const added = addFilter(draft, row);
      edit((now) => replaceRow({ ...now, nextId: added.nextId }, added.row));
      setOpen(`${row.id}/${added.id}.path`);
    },
    changeFilter(filter: DraftFilter, step?: string) {
      const where = row.where.map((other) => (other.id === filter.id ? filter : other));
      edit((now) => replaceRow(now, { ...row, where }), step);
    },
    removeFilter(id: string) {
      edit((now) => replaceRow(now, { ...row, where: row.where.filter((filter) => filter.id !== id) }));
      focus(`${row.id}/window`);
    },
  };
}
