"use client";

import type { DraftStep } from "@/client/audience-draft/draft";
import { durationWords } from "@/core/audience/describe/number-words";
import { Select } from "../ui/input";
import { AmountFields } from "./amount-fields";
import { Editor } from "./editor";
import { WordPopover } from "./word-popover";

interface WithinWordProps {
  wordId: string;
  within: DraftStep["within"];
  /** How no limit is called: "any time later". */
  never: string;
  /** Whether it can also be counted from the first step. */
  withFirst?: boolean;
  /** What is to be known about the limit. */
  note?: string;
  onChange: (within: DraftStep["within"], step?: string) => void;
}

/** "within 7 days", "within 7 days of the first", or no limit. */
export function WithinWord({ wordId, within, never, withFirst = false, note, onChange }: WithinWordProps) {
  const ofFirst = within?.of === "first";
  return (
    <WordPopover
      wordId={wordId}
      look={within && within.amount === 0 ? "empty" : "plain"}
      label={within ? `within ${durationWords(within)}${ofFirst ? " of the first" : ""}` : never}
      title="How much later"
      hint={hintOf(within)}
      popoverClassName="w-auto"
      onClear={() => onChange(null)}
    >
      {(opened) => (
        <Editor opened={opened}>
          <div className="flex flex-wrap items-center gap-2">
            <Select
              aria-label="Limit"
              value={within ? "within" : "never"}
              onChange={(event) => onChange(event.target.value === "never" ? null : startOf(within), opened.step)}
              className="w-auto"
            >
              <option value="never">{never}</option>
              <option value="within">within</option>
            </Select>
            {within && (
              <AmountFields
                label="Time"
                value={{ amount: within.amount, unit: within.unit }}
                focusFirst
                onChange={(length) => onChange({ ...within, ...length }, opened.step)}
              />
            )}
            {within && (withFirst || ofFirst) && (
              <Select
                aria-label="Counted from"
                value={within.of}
                onChange={(event) =>
                  onChange({ ...within, of: event.target.value === "first" ? "first" : "previous" }, opened.step)
                }
                className="w-auto"
              >
                <option value="previous">of the step before</option>
                <option value="first">of the first step</option>
              </Select>
            )}
          </div>
          <p className="max-w-96 pt-2 text-12 text-ink-3">
            {hintOf(within)} {note}
          </p>
        </Editor>
      )}
    </WordPopover>
  );
}

function startOf(within: DraftStep["within"]): DraftStep["within"] {
  return within ?? { amount: 7, unit: "day", of: "previous" };
}

function hintOf(within: DraftStep["within"]): string {
  if (!within) return "Any time after the step before it, until now.";
  if (within.amount === 0) return "Not finished yet.";
  const from = within.of === "first" ? "the first step" : "the step before it";
  return `From ${from} to exactly ${durationWords(within)} later, both included.`;
}
