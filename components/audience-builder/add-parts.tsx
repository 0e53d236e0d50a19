"use client";

import { Picker } from "./picker";
import { Word } from "./word";
import { WordPopover } from "./word-popover";

/** Something that a sentence can be given. */
export interface AddablePart {
  /** How it begins: "where …". */
  label: string;
  /** What it is for: "a filter". */
  kind: string;
  add: () => void;
}

interface AddPartsProps {
  wordId: string;
  parts: readonly AddablePart[];
}

// At rest it is not seen; it is so short that it hardly ever takes a line of its own.
const hidden =
  "px-1 opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 aria-expanded:opacity-100 max-desk:px-2.5 max-desk:opacity-100";

/** "+": what the sentence can be given; where that is one thing only, it is added at once. */
export function AddParts({ wordId, parts }: AddPartsProps) {
  const [only, ...others] = parts;
  if (!only) return null;
  if (others.length === 0) {
    return (
      <Word
        wordId={wordId}
        look="add"
        aria-label={nameOf(only)}
        title={only.label}
        onClick={only.add}
        className={hidden}
      >
        +
      </Word>
    );
  }
  return (
    <WordPopover
      wordId={wordId}
      look="add"
      label="+"
      aria-label="Add to this sentence"
      title="Add to this sentence"
      popoverClassName="w-96"
      className={hidden}
    >
      {(opened) => (
        <Picker
          noun="parts"
          options={parts.map((part) => ({ key: nameOf(part), value: part, label: part.label, kind: part.kind }))}
          onChoose={(part) => {
            opened.close();
            part.add();
          }}
        />
      )}
    </WordPopover>
  );
}

function nameOf({ label, kind }: AddablePart): string {
  return `Add ${kind}: ${label}`;
}
