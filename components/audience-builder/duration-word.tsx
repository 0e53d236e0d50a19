"use client";

import type { Duration } from "@/core/duration";
import { AmountFields } from "./amount-fields";
import { Editor } from "./editor";
import { WordPopover } from "./word-popover";

interface DurationWordProps {
  wordId: string;
  words: string;
  duration: Duration;
  onChange: (duration: Duration, step: string) => void;
}

/** A length of time in a sentence; an amount that is not finished changes nothing. */
export function DurationWord({ wordId, words, duration, onChange }: DurationWordProps) {
  return (
    <WordPopover wordId={wordId} label={words} title="Within" popoverClassName="w-auto">
      {(opened) => (
        <Editor opened={opened}>
          <div className="flex items-center gap-2">
            <span className="text-ink-2">within</span>
            <AmountFields
              label="Time"
              value={{ amount: duration.amount, unit: duration.unit }}
              focusFirst
              onChange={(next) => {
                if (next.amount > 0) onChange(next, opened.step);
              }}
            />
          </div>
        </Editor>
      )}
    </WordPopover>
  );
}
