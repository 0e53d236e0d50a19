import type { DraftRow, EventRow, SequenceRow } from "./draft";
import type { DraftMatch } from "./draft-match";
import type { DraftWindow } from "./draft-window";

/** A place in a row that speaks of an event, and the row with something else said there. */
export interface MatchInRow {
  match: DraftMatch;
  write: (match: DraftMatch) => DraftRow;
}

/** Every place in a sentence that speaks of an event, in reading order; none for a group, whose rows have their own. */
export function matchesOf(row: DraftRow): MatchInRow[] {
  switch (row.kind) {
    case "event":
      return matchesOfEvent(row);
    case "sequence":
      return matchesOfSequence(row);
    default:
      return [];
  }
}

function matchesOfEvent(row: EventRow): MatchInRow[] {
  const { choice, type } = row;
  return [
    { match: row, write: (match) => ({ ...row, ...eventOf(match) }) },
    ...anchorOf(row.window, (window) => ({ ...row, window })),
    {
      match: { choice, type, where: row.pickedWhere },
      write: (match) => ({ ...row, ...eventOf({ ...match, where: row.where }), pickedWhere: match.where }),
    },
  ];
}

function matchesOfSequence(row: SequenceRow): MatchInRow[] {
  const { thenNot } = row;
  return [
    ...row.steps.map(
      (step, index): MatchInRow => ({
        match: step,
        write: (match) => ({ ...row, steps: row.steps.with(index, { ...step, ...eventOf(match) }) }),
      }),
    ),
    ...anchorOf(row.window, (window) => ({ ...row, window })),
    ...(thenNot
      ? [{ match: thenNot, write: (match: DraftMatch) => ({ ...row, thenNot: { ...thenNot, ...eventOf(match) } }) }]
      : []),
  ];
}

function anchorOf(window: DraftWindow, write: (window: DraftWindow) => DraftRow): MatchInRow[] {
  if (window.kind !== "after" || window.anchor.kind !== "event") return [];
  const { anchor } = window;
  return [{ match: anchor, write: (match) => write({ ...window, anchor: { kind: "event", ...eventOf(match) } }) }];
}

function eventOf({ choice, type, where }: DraftMatch): DraftMatch {
  return { choice, type, where };
}
