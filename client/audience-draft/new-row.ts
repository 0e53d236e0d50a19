import type { EventType } from "@/core/event/message";
import type {
  AudienceDraft,
  AudienceRow,
  DraftFilter,
  DraftRow,
  EventRow,
  GroupMode,
  GroupRow,
  TraitRow,
} from "./draft";
import { RowIds } from "./row-ids";
import { insertRow, type Place, placeOf } from "./rows";

/** A row without its id, and a group without its rows' ids. */
type Unnumbered<Row> = Omit<Row, "id">;

export function eventSentence(event: string, type: EventType = "track"): Unnumbered<EventRow> {
  return {
    kind: "event",
    choice: { kind: "named", event },
    type: type === "track" ? undefined : type,
    where: [],
    count: { op: "at_least", value: 1 },
    window: { kind: "ever" },
  };
}

export function traitSentence(trait: string): Unnumbered<TraitRow> {
  return { kind: "trait", trait, op: "equals", value: null };
}

export function audienceSentence(audienceId: string): Unnumbered<AudienceRow> {
  return { kind: "audience", audienceId, member: true };
}

export type NewSentence = Unnumbered<EventRow> | Unnumbered<TraitRow> | Unnumbered<AudienceRow>;

export interface Added {
  draft: AudienceDraft;
  /** Of the row that was added. */
  id: string;
  /** Of the sentence in it: the row itself, unless it is a group. */
  sentenceId: string;
}

/** Adds a sentence at a place. */
export function addSentence(draft: AudienceDraft, sentence: NewSentence, place: Place): Added {
  const ids = new RowIds(draft.nextId);
  const row: DraftRow = { ...sentence, id: ids.take() };
  return { draft: insertRow({ ...draft, nextId: ids.next }, row, place), id: row.id, sentenceId: row.id };
}

/** Adds a group that holds one sentence, for a group without rows means nothing. */
export function addGroup(draft: AudienceDraft, mode: GroupMode, sentence: NewSentence, place: Place): Added {
  const ids = new RowIds(draft.nextId);
  const id = ids.take();
  const sentenceId = ids.take();
  const group: GroupRow = { kind: "group", id, mode, rows: [{ ...sentence, id: sentenceId }] };
  return { draft: insertRow({ ...draft, nextId: ids.next }, group, place), id, sentenceId };
}

/** Adds an empty filter to an event row; `id` is the filter's. */
export function addFilter(draft: AudienceDraft, row: EventRow): { nextId: number; row: EventRow; id: string } {
  const ids = new RowIds(draft.nextId);
  const filter: DraftFilter = { id: ids.take(), of: "property", path: null, op: "equals", value: null };
  return { nextId: ids.next, row: { ...row, where: [...row.where, filter] }, id: filter.id };
}

/** Adds a copy of a row after it. */
export function duplicateRow(draft: AudienceDraft, row: DraftRow): Pick<Added, "draft" | "id"> | null {
  const place = placeOf(draft.rows, row.id);
  if (!place) return null;
  const ids = new RowIds(draft.nextId);
  const copy = renumber(row, ids);
  const next = insertRow({ ...draft, nextId: ids.next }, copy, { ...place, index: place.index + 1 });
  return { draft: next, id: copy.id };
}

function renumber(row: DraftRow, ids: RowIds): DraftRow {
  const id = ids.take();
  if (row.kind === "group") return { ...row, id, rows: row.rows.map((child) => renumber(child, ids)) };
  if (row.kind === "event") return { ...row, id, where: row.where.map((filter) => ({ ...filter, id: ids.take() })) };
  return { ...row, id };
}
