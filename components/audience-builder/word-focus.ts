/** All words of the builder in reading order. */
function words(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-word]")];
}

export function wordElement(wordId: string): HTMLElement | undefined {
  return words().find((word) => word.dataset.word === wordId);
}

/** The word so many places after another one, or before it. */
export function wordsAround(wordId: string, by: number): HTMLElement | undefined {
  const all = words();
  return all[all.findIndex((word) => word.dataset.word === wordId) + by];
}

/** Row of a word's id: `r4/window` stands in the row r4. */
export function rowIdOf(wordId: string): string {
  return wordId.split("/")[0] ?? wordId;
}

/** The first word of a row, or the word itself where a word's id is given. */
export function findTarget(wordOrRow: string): HTMLElement | undefined {
  return wordElement(wordOrRow) ?? words().find((word) => rowIdOf(word.dataset.word ?? "") === wordOrRow);
}

/** From a word to the like one in the row below or above. */
function wordInRow(wordId: string, by: 1 | -1): HTMLElement | undefined {
  const rows = new Map<string, HTMLElement[]>();
  for (const word of words()) {
    const rowId = rowIdOf(word.dataset.word ?? "");
    rows.set(rowId, [...(rows.get(rowId) ?? []), word]);
  }
  const ids = [...rows.keys()];
  const own = rowIdOf(wordId);
  const column = (rows.get(own) ?? []).findIndex((word) => word.dataset.word === wordId);
  const next = rows.get(ids[ids.indexOf(own) + by] ?? "");
  return next?.[Math.min(column, next.length - 1)];
}

/** Something was clicked, or asked for the focus, and has it: it is not taken away again. */
export function focusIsTaken(): boolean {
  return document.activeElement !== null && document.activeElement !== document.body;
}

/** Moves the focus from a word by an arrow key: from word to word, or from row to row. False where there is no way. */
export function moveFocus(key: string, word: string): boolean {
  switch (key) {
    case "ArrowRight":
      return focusOn(wordsAround(word, 1));
    case "ArrowLeft":
      return focusOn(wordsAround(word, -1));
    case "ArrowDown":
      return focusOn(wordInRow(word, 1));
    case "ArrowUp":
      return focusOn(wordInRow(word, -1));
    default:
      return false;
  }
}

function focusOn(element: HTMLElement | undefined): boolean {
  element?.focus();
  return element !== undefined;
}
