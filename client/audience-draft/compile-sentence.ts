import {
  type AudienceTree,
  type EventNode,
  eventAggregate,
  type SequenceNode,
  type SequenceStep,
} from "@/core/audience/definition";
import { traitNode } from "@/core/audience/filter";
import { assertNever } from "@/core/errors";
import { comparisonOf, compileFilters, compileMatch, compileWindow, isComparable } from "./compile-match";
import type { DraftRow, DraftStep, EventRow, GroupRow, SequenceRow, TraitRow } from "./draft";
import { isLength } from "./finished-window";

/** The node of a sentence; null while something in it is still to be chosen. Filters left out are noted by their ids. */
export function compileSentence(row: Exclude<DraftRow, GroupRow>, unfinished: Set<string>): AudienceTree | null {
  switch (row.kind) {
    case "event":
      return compileEvent(row, unfinished);
    case "trait":
      return compileTrait(row);
    case "audience":
      return row.audienceId === null ? null : { kind: "audience", audienceId: row.audienceId, member: row.member };
    case "sequence": {
      const node = compileSequence(row, unfinished);
      return node !== null && row.negated ? { kind: "not", condition: node } : node;
    }
    case "funnel":
    case "account":
      return row.node;
    default:
      return assertNever(row);
  }
}

/** Whether an occurrence is picked among the events that fit the filters, and then asked by filters of its own. */
export function picksMatching({ occurrence }: Pick<EventRow, "occurrence">): boolean {
  return occurrence === "first_matching" || occurrence === "last_matching";
}

function compileEvent(row: EventRow, unfinished: Set<string>): EventNode | null {
  const match = compileMatch(row, unfinished);
  const window = compileWindow(row.window, unfinished);
  const answer = answerOf(row);
  if (match === null || window === null || answer === null) return null;
  const picked = picksMatching(row) ? compileFilters(row.pickedWhere, unfinished) : [];
  return {
    kind: "event",
    ...match,
    ...(window.kind === "ever" ? {} : { window }),
    ...(row.occurrence === "any" ? {} : { occurrence: row.occurrence }),
    ...(picked.length > 0 ? { then: picked } : {}),
    ...answer,
  };
}

/** What is asked of the events: how many there are, or what becomes of their values. */
function answerOf({ count, aggregate }: EventRow): Pick<EventNode, "count" | "aggregate"> | null {
  if (aggregate) {
    const { property, ...rest } = aggregate;
    const parsed = eventAggregate.safeParse(property === null ? rest : { ...rest, property });
    return parsed.success ? { aggregate: parsed.data } : null;
  }
  return count.op === "at_least" && count.value === 1 ? {} : { count };
}

function compileTrait({ trait, heldFor, ...comparison }: TraitRow): AudienceTree | null {
  if (trait === null || (heldFor && !isLength(heldFor))) return null;
  const held = heldFor ? { heldFor } : {};
  const parsed = traitNode.safeParse({ kind: "trait", trait, ...comparisonOf(comparison), ...held });
  return parsed.success && isComparable(parsed.data) ? parsed.data : null;
}

function compileSequence(row: SequenceRow, unfinished: Set<string>): SequenceNode | null {
  const steps = row.steps.map((step) => compileStep(step, unfinished));
  const window = compileWindow(row.window, unfinished);
  const thenNot = row.thenNot ? compileThenNot(row.thenNot, unfinished) : undefined;
  if (window === null || thenNot === null || !steps.every((step) => step !== null)) return null;
  return {
    kind: "sequence",
    steps,
    ...(window.kind === "ever" ? {} : { window }),
    ...(thenNot ? { thenNot } : {}),
  };
}

function compileStep(step: DraftStep, unfinished: Set<string>): SequenceStep | null {
  const match = compileMatch(step, unfinished);
  if (match === null || (step.within && !isLength(step.within))) return null;
  if (!step.within) return match;
  const { of, ...length } = step.within;
  return { ...match, within: of === "first" ? { ...length, of } : length };
}

function compileThenNot(
  { within, ...of }: NonNullable<SequenceRow["thenNot"]>,
  unfinished: Set<string>,
): SequenceNode["thenNot"] | null {
  const match = compileMatch(of, unfinished);
  if (match === null || (within && !isLength(within))) return null;
  return within ? { ...match, within } : match;
}
