"use client";

import { addExclusion, addStep } from "@/client/funnel-draft/edits";
import { maxFunnelExclusions, maxFunnelSteps } from "@/core/funnel/rules";
import { AddEventWord } from "./add-event-word";
import { ExclusionRow } from "./exclusion-row";
import { StepRow } from "./step-row";
import type { FunnelEditing } from "./use-funnel-draft";

/** The steps one below the other, each a sentence of its own, and what must not happen between them. */
export function StepList({ id, editing }: { id: string; editing: FunnelEditing }) {
  const { draft, edit } = editing;
  const { rows, exclude } = draft;
  return (
    <div id={id} className="mt-2">
      <ol aria-label="Steps">
        {rows.map((row, index) => (
          <StepRow key={row.id} row={row} number={index + 1} editing={editing} />
        ))}
      </ol>
      {exclude.length > 0 && (
        <ul aria-label="What must not happen">
          {exclude.map((exclusion) => (
            <ExclusionRow key={exclusion.row.id} exclusion={exclusion} editing={editing} />
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-2 border-t border-line py-1.5 pl-6 text-14 leading-7">
        {rows.length < maxFunnelSteps ? (
          <AddEventWord
            wordId="add"
            label="+ step"
            title="Add a step"
            onChoose={(chosen) => edit((now) => addStep(now, chosen))}
          />
        ) : (
          <p className="text-ink-3">A funnel has {maxFunnelSteps} steps at most.</p>
        )}
        {rows.length > 1 && exclude.length < maxFunnelExclusions && (
          <AddEventWord
            wordId="add-exclusion"
            label="+ but not"
            title="Add what must not happen"
            named
            onChoose={(chosen) => edit((now) => addExclusion(now, chosen))}
          />
        )}
      </div>
    </div>
  );
}
