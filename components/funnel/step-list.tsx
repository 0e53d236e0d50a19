"use client";

import { addStep, maxSteps } from "@/client/funnel-draft/draft";
import { useBuilder } from "../audience-builder/builder-context";
import { eventOptions, unseenEvent } from "../audience-builder/options";
import { Picker } from "../audience-builder/picker";
import { WordPopover } from "../audience-builder/word-popover";
import { StepRow } from "./step-row";
import type { FunnelEditing } from "./use-funnel-draft";

/** The steps one below the other, each a sentence of its own. */
export function StepList({ id, editing }: { id: string; editing: FunnelEditing }) {
  const { events } = useBuilder();
  const { draft, edit, focus } = editing;
  const full = draft.rows.length >= maxSteps;
  return (
    <div id={id} className="mt-2">
      <ol>
        {draft.rows.map((row, index) => (
          <StepRow key={row.id} row={row} number={index + 1} editing={editing} />
        ))}
      </ol>
      <div className="flex items-center gap-2 border-t border-line py-1.5 pl-6 text-14 leading-7">
        {full ? (
          <p className="text-ink-3">A funnel has {maxSteps} steps at most.</p>
        ) : (
          <WordPopover wordId="add" look="add" label="+ step" title="Add a step">
            {(opened) => (
              <Picker
                noun="events"
                options={eventOptions(events ?? [])}
                loading={events === undefined}
                typed={unseenEvent}
                onChoose={(chosen) => {
                  edit((now) => addStep(now, chosen));
                  opened.close();
                  focus("add");
                }}
                onLeave={opened.leave}
              />
            )}
          </WordPopover>
        )}
      </div>
    </div>
  );
}
