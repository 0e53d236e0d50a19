"use client";

import type { TraitRow } from "@/client/audience-draft/draft";
import { canBeHeld } from "@/client/audience-draft/held-for";
import { durationWords } from "@/core/audience/describe/number-words";
import { AddParts } from "./add-parts";
import { AmountFields } from "./amount-fields";
import { useBuilder } from "./builder-context";
import { Editor } from "./editor";
import { WordPopover } from "./word-popover";

interface HeldForWordsProps {
  row: TraitRow;
  change: (row: TraitRow, step?: string) => void;
}

/** "for at least 14 days": how long a trait has been so without a break; or a word that adds it. */
export function HeldForWords({ row, change }: HeldForWordsProps) {
  const { setOpen } = useBuilder();
  const wordId = `${row.id}/held`;
  const { heldFor } = row;
  if (!heldFor) {
    if (!canBeHeld(row)) return null;
    const add = () => {
      change({ ...row, heldFor: { amount: 14, unit: "day" } });
      setOpen(wordId);
    };
    return (
      <AddParts
        wordId={`${row.id}/add-part`}
        parts={[{ label: "for at least …", kind: "how long it has been so", add }]}
      />
    );
  }
  return (
    <WordPopover
      wordId={wordId}
      look={heldFor.amount === 0 ? "empty" : "plain"}
      label={`for at least ${durationWords(heldFor)}`}
      title="For how long"
      popoverClassName="w-auto"
      onClear={() => change({ ...row, heldFor: null })}
    >
      {(opened) => (
        <Editor opened={opened}>
          <div className="flex items-center gap-2">
            <span className="text-ink-2">for at least</span>
            <AmountFields
              label="Time"
              value={heldFor}
              focusFirst
              onChange={(length) => change({ ...row, heldFor: length }, opened.step)}
            />
          </div>
          <p className="max-w-80 pt-2 text-12 text-ink-3">
            Without a break until now. Setting the same value again does not start it anew.
          </p>
        </Editor>
      )}
    </WordPopover>
  );
}
