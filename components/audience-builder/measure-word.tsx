"use client";

import type { EventRow } from "@/client/audience-draft/draft";
import { measureOf, withMeasure } from "@/client/audience-draft/measure";
import { MeasureEditor } from "./measure-editor";
import { WordPopover } from "./word-popover";

interface MeasureWordProps {
  row: EventRow;
  wordId: string;
  label: string;
  change: (next: Partial<EventRow>, step?: string) => void;
}

/** A word that opens the choice of what is asked of the events. */
export function MeasureWord({ row, wordId, label, change }: MeasureWordProps) {
  return (
    <WordPopover
      wordId={wordId}
      label={label}
      title="How many times, which time, or how much"
      popoverClassName="w-auto"
      onClear={() =>
        change(withMeasure({ ...row, count: { op: "at_least", value: 1 } }, { kind: "count", op: "at_least" }))
      }
    >
      {(opened) => (
        <MeasureEditor
          opened={opened}
          row={row}
          onChange={(next) => {
            const before = measureOf(row).kind;
            const after = measureOf({ ...row, ...next }).kind;
            change(next, opened.step);
            // Its own word is gone with the choice, or another one asks for more.
            if (after !== before && after !== "count") opened.close();
          }}
        />
      )}
    </WordPopover>
  );
}
