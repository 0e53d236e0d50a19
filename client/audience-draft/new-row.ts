import type { Operator } from "@/core/audience/filter";
import type { EventType } from "@/core/event/message";
import type {
  AudienceDraft,
  AudienceRow,
  DraftRow,
  DraftStep,
  EventRow,
  GroupMode,
  GroupRow,
  SequenceRow,
  TraitRow,
} from "./draft";
import type { DraftFilter, DraftMatch } from "./draft-match";
import type { DraftWindow } from "./draft-window";
import { valueForOperator } from "./operator-words";
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
    window: { kind: "ever" },
    occurrence: "any",
    pickedWhere: [],
    count: { op: "at_least", value: 1 },
    aggregate: null,
  };
}

export function traitSentence(trait: string, op: Operator = "equals"): Unnumbered<TraitRow> {
  return { kind: "trait", trait, op, value: valueForOperator(op, "equals", null), heldFor: null };
}

/** Two steps, both still to be chosen; their ids are given when it is added. */
export function sequenceSentence(): Unnumbered<SequenceRow> {
  const step = (id: string): DraftStep => ({ id, choice: { kind: "unchosen" }, where: [], within: null });
  const second: DraftStep = { ...step("second"), within: { amount: 7, unit: "day", of: "previous" } };
  return { kind: "sequence", negated: false, steps: [step("first"), second], window: { kind: "ever" }, thenNot: null };
}

export function audienceSentence(audienceId: string): Unnumbered<AudienceRow> {
  return { kind: "audience", audienceId, member: true };
}

/** An account with a trait, or with one that is still to be chosen. */
export function accountSentence(trait: string | null, op?: Operator): Unnumbered<GroupRow> {
  const asked = trait === null ? { ...traitSentence(""), trait } : traitSentence(trait, op);
  return { kind: "group", of: "account", mode: "all", rows: [{ ...asked, id: "" }] };
}

export type NewSentence =
  | Unnumbered<EventRow>
  | Unnumbered<TraitRow>
  | Unnumbered<SequenceRow>
  | Unnumbered<AudienceRow>
  | Unnumbered<GroupRow>;

export interface Added {
  draft: AudienceDraft;
  /** Of the row that was added. */
  id: string;
  /** Of the first sentence in it: the row itself, unless it is a group. */
  sentenceId: string;
}

/** Adds a sentence at a place. */
export function addSentence(draft: AudienceDraft, sentence: NewSentence, place: Place): Added {
  const ids = new RowIds(draft.nextId);
  const row = numbered(sentence, ids);
  return { draft: insertRow({ ...draft, nextId: ids.next }, row, place), id: row.id, sentenceId: sentenceIn(row) };
}

/** Adds a group that holds one sentence, for a group without rows means nothing. */
export function addGroup(draft: AudienceDraft, mode: GroupMode, sentence: NewSentence, place: Place): Added {
  const ids = new RowIds(draft.nextId);
  const id = ids.take();
  const row = numbered(sentence, ids);
  const group: GroupRow = { kind: "group", id, mode, rows: [row] };
  return { draft: insertRow({ ...draft, nextId: ids.next }, group, place), id, sentenceId: sentenceIn(row) };
}

function sentenceIn(row: DraftRow): string {
  return row.kind === "group" ? (row.rows[0]?.id ?? row.id) : row.id;
}

/** With ids of the draft that it goes to, throughout. */
function numbered(sentence: NewSentence, ids: RowIds): DraftRow {
  return renumber({ ...sentence, id: "" }, ids);
}

/** An empty filter, and the number of the next id after it. */
export function newFilter({ nextId }: AudienceDraft): { nextId: number; filter: DraftFilter } {
  const ids = new RowIds(nextId);
  const filter: DraftFilter = { id: ids.take(), of: "property", path: null, op: "equals", value: null };
  return { nextId: ids.next, filter };
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
  switch (row.kind) {
    case "group":
      return { ...row, id, rows: row.rows.map((child) => renumber(child, ids)) };
    case "event":
      return {
        ...row,
        id,
        ...renumberMatch(row, ids),
        window: renumberWindow(row.window, ids),
        pickedWhere: renumberFilters(row.pickedWhere, ids),
      };
    case "sequence":
      return {
        ...row,
        id,
        steps: row.steps.map((step) => renumberStep(step, ids)),
        window: renumberWindow(row.window, ids),
        thenNot: row.thenNot && renumberStep(row.thenNot, ids),
      };
    default:
      return { ...row, id };
  }
}

function renumberStep<Step extends DraftStep | NonNullable<SequenceRow["thenNot"]>>(step: Step, ids: RowIds): Step {
  return { ...step, id: ids.take(), ...renumberMatch(step, ids) };
}

function renumberMatch({ where }: DraftMatch, ids: RowIds): Pick<DraftMatch, "where"> {
  return { where: renumberFilters(where, ids) };
}

function renumberFilters(filters: readonly DraftFilter[], ids: RowIds): DraftFilter[] {
  return filters.map((filter) => ({ ...filter, id: ids.take() }));
}

function renumberWindow(window: DraftWindow, ids: RowIds): DraftWindow {
  if (window.kind !== "after" || window.anchor.kind !== "event") return window;
  return { ...window, anchor: { ...window.anchor, ...renumberMatch(window.anchor, ids) } };
}
