"use client";

import type { AudienceDraft } from "@/client/audience-draft/draft";
import type { DraftFilter } from "@/client/audience-draft/draft-match";
import { newFilter } from "@/client/audience-draft/new-row";
import { useBuilder } from "./builder-context";

/** Puts other filters where some stand. */
export type WriteFilters = (draft: AudienceDraft, filters: DraftFilter[]) => AudienceDraft;

/** A function that adds an empty filter after others of a row, and opens its first word. */
export function useAddFilter(rowId: string) {
  const { draft, edit, setOpen } = useBuilder();
  return (filters: readonly DraftFilter[], write: WriteFilters) => {
    const { filter, nextId } = newFilter(draft);
    edit((now) => write({ ...now, nextId }, [...filters, filter]));
    setOpen(`${rowId}/${filter.id}.path`);
  };
}
