"use client";

import { changeRest } from "@/client/funnel-draft/edits";
import { windowLimitWords } from "@/client/funnel-draft/sentence-words";
import { AmountFields } from "../audience-builder/amount-fields";
import { Editor } from "../audience-builder/editor";
import { WordPopover } from "../audience-builder/word-popover";
import { Checkbox } from "../ui/checkbox";
import type { FunnelEditing } from "./use-funnel-draft";

const usual = { amount: 14, unit: "day" } as const;

/** How long people have from the first step to each later one. */
export function WindowWord({ editing: { draft, edit } }: { editing: FunnelEditing }) {
  const { window } = draft.rest;
  return (
    <WordPopover
      wordId="funnel/window"
      label={windowLimitWords(window)}
      title="Time limit"
      popoverClassName="w-72"
      onClear={() => edit((now) => changeRest(now, { window: null }))}
    >
      {(opened) => (
        <Editor opened={opened}>
          {window && (
            <div className="flex items-center gap-2 pb-2">
              <span className="text-ink-2">within</span>
              <AmountFields
                label="Time"
                value={window}
                focusFirst
                onChange={(next) => {
                  if (next.amount > 0) edit((now) => changeRest(now, { window: next }), opened.step);
                }}
              />
            </div>
          )}
          <Checkbox
            checked={window === null}
            label="No time limit"
            onChange={(none) => edit((now) => changeRest(now, { window: none ? null : usual }))}
          />
          <p className="pt-1.5 text-12 text-ink-3">
            Counted from a person’s first step to each later one. A step at exactly that time still counts.
          </p>
        </Editor>
      )}
    </WordPopover>
  );
}
