"use client";

import type { SequenceRow } from "@/client/audience-draft/draft";
import { addStep, addThenNot, maxSteps } from "@/client/audience-draft/sequence-edits";
import type { AddablePart } from "./add-parts";
import { useBuilder } from "./builder-context";

/** What a sequence can be given after its last step. */
export function useFollowingParts(row: SequenceRow): AddablePart[] {
  const { draft, edit, setOpen } = useBuilder();
  const extend = (by: typeof addStep) => () => {
    const { draft: next, stepId } = by(draft, row);
    edit(() => next);
    setOpen(`${row.id}/${stepId}.event`);
  };
  const parts: AddablePart[] = [];
  if (row.steps.length < maxSteps) {
    const kind = row.thenNot ? "a step, before what did not happen" : "a step after it";
    parts.push({ label: "then …", kind, add: extend(addStep) });
  }
  if (!row.thenNot) parts.push({ label: "and then not …", kind: "what did not happen after", add: extend(addThenNot) });
  return parts;
}
