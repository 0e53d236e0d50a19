/** Cuts a list into pieces of at most `count` entries and `bytes` of JSON each; an entry that is longer alone has its own. */
export function pieces<Entry>(
  entries: readonly Entry[],
  shown: (entry: Entry) => unknown,
  { count, bytes = Number.POSITIVE_INFINITY }: { count: number; bytes?: number },
): Entry[][] {
  const cut: Entry[][] = [];
  let current: Entry[] = [];
  let size = 0;
  for (const entry of entries) {
    const own = Buffer.byteLength(JSON.stringify(shown(entry)));
    if (current.length > 0 && (current.length === count || size + own > bytes)) {
      cut.push(current);
      current = [];
      size = 0;
    }
    current.push(entry);
    size += own + 1;
  }
  if (current.length > 0) cut.push(current);
  return cut;
}
