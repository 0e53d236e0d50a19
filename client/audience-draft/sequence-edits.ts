import type { AudienceDraft, DraftRow, DraftStep, EventRow, SequenceRow } from "./draft";
import { RowIds } from "./row-ids";
import { replaceRow } from "./rows";

export const maxSteps = 20;

interface Extended {
  draft: AudienceDraft;
  /** Of the step that was added, whose event is still to be chosen. */
  stepId: string;
}

function emptyStep(id: string): DraftStep {
  return { id, choice: { kind: "unchosen" }, type: undefined, where: [], within: null };
}

/** Goes on from an event with a step after it: the sentence becomes a sequence. */
export function newSequence(draft: AudienceDraft, { id, choice, type, where, window }: EventRow): Extended {
  const ids = new RowIds(draft.nextId);
  const first: DraftStep = { id: ids.take(), choice, type, where, within: null };
  const next = emptyStep(ids.take());
  const row: SequenceRow = { kind: "sequence", id, negated: false, steps: [first, next], window, thenNot: null };
  return { draft: replaceRow({ ...draft, nextId: ids.next }, row), stepId: next.id };
}

export function addStep(draft: AudienceDraft, row: SequenceRow): Extended {
  const ids = new RowIds(draft.nextId);
  const step = emptyStep(ids.take());
  const steps = [...row.steps, step];
  return { draft: replaceRow({ ...draft, nextId: ids.next }, { ...row, steps }), stepId: step.id };
}

export function addThenNot(draft: AudienceDraft, row: SequenceRow): Extended {
  const ids = new RowIds(draft.nextId);
  const thenNot = { ...emptyStep(ids.take()), within: null };
  return { draft: replaceRow({ ...draft, nextId: ids.next }, { ...row, thenNot }), stepId: thenNot.id };
}

export function changeStep(row: SequenceRow, step: DraftStep): SequenceRow {
  return { ...row, steps: row.steps.map((other) => (other.id === step.id ? step : other)) };
}

/** The row without a step; what is left of a sequence of two is a sentence about one event. */
export function removeStep(row: SequenceRow, stepId: string): DraftRow {
  const steps = row.steps.filter(({ id }) => id !== stepId);
  const [only, ...others] = steps;
  if (!only || others.length > 0) return { ...row, steps };
  return {
    kind: "event",
    id: row.id,
    choice: only.choice,
    type: only.type,
    where: only.where,
    window: row.window,
    occurrence: "any",
    pickedWhere: [],
    count: row.negated ? { op: "exactly", value: 0 } : { op: "at_least", value: 1 },
    aggregate: null,
  };
}

/** The last step said to have happened, or not to have: "then B" becomes "and then not B", and back. */
export function turnLastStep(row: SequenceRow): SequenceRow {
  const { steps, thenNot } = row;
  if (thenNot) {
    const within = thenNot.within && { ...thenNot.within, of: "previous" as const };
    return { ...row, steps: [...steps, { ...thenNot, within }], thenNot: null };
  }
  const last = steps.at(-1);
  if (!last || steps.length < 3) return row;
  const within = last.within && { amount: last.within.amount, unit: last.within.unit };
  return { ...row, steps: steps.slice(0, -1), thenNot: { ...last, within } };
}
