/** Columns of the builder: joiner, sentence, Alone, Removes, Left; on a phone the figures stand under the sentence. */
export const rowGrid =
  "grid grid-cols-[var(--joiner)_minmax(0,1fr)_56px_60px_64px] gap-x-2 max-desk:grid-cols-[var(--joiner)_auto_auto_minmax(0,1fr)]";
