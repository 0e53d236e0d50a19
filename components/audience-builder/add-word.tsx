"use client";

import { Word } from "./word";

interface AddWordProps {
  wordId: string;
  /** What it does, for those who only hear it: "Add a filter". */
  label: string;
  /** What it would begin: "where". */
  words: string;
  onClick: () => void;
}

/** A word that adds a part to the sentence; seen while the row is pointed at or has the focus, and always on a phone. */
export function AddWord({ wordId, label, words, onClick }: AddWordProps) {
  return (
    <Word
      wordId={wordId}
      look="add"
      aria-label={label}
      onClick={onClick}
      className="px-1 text-12 opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 max-desk:opacity-100"
    >
      + {words}
    </Word>
  );
}
