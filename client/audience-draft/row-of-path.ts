/**
 * The row that a path of the server belongs to, such as that of an error: `root.conditions[1].value` is the row at
 * `root.conditions[1]`. The innermost row wins; a path outside of all rows has none.
 */
export function rowOfPath(path: string, pathOfRow: ReadonlyMap<string, string>): string | undefined {
  const sought = path.replace(/^definition\./, "");
  let found: { id: string; length: number } | undefined;
  for (const [id, own] of pathOfRow) {
    if (!contains(own, sought) || own.length <= (found?.length ?? 0)) continue;
    found = { id, length: own.length };
  }
  return found?.id;
}

function contains(outer: string, inner: string): boolean {
  if (!inner.startsWith(outer)) return false;
  const next = inner[outer.length];
  return next === undefined || next === "." || next === "[";
}
