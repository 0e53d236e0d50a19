/** Lower-case words of a name: "First_Project-Created" and "firstProjectCreated" are first, project, created. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

/** How few single-character edits (a swap of neighbours is one) lead from one text to the other. */
function editDistance(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      const swapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, right.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}

/**
 * The name that was probably meant, out of those that exist: the same words in another spelling, at most about one edit
 * in four characters, or the one that begins like it. Undefined when none is near.
 */
export function nearestName(meant: string, names: readonly string[]): string | undefined {
  const sought = wordsOf(meant).join(" ");
  let best: { name: string; distance: number } | undefined;
  for (const name of names) {
    if (name === meant) continue;
    const distance = editDistance(sought, wordsOf(name).join(" "));
    if (distance <= Math.max(1, Math.floor(sought.length / 4)) && distance < (best?.distance ?? Infinity)) {
      best = { name, distance };
    }
  }
  return best?.name ?? (sought.length < 4 ? undefined : names.find((name) => beginsWith(name, sought)));
}

function beginsWith(name: string, words: string): boolean {
  return wordsOf(name).join(" ").startsWith(words);
}
