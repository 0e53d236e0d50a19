/**
 * Goes through parts one after the other while the next ones are read: so many reads are under way at a time. Reads of parts that nobody
 * waits for any more end by a signal of the caller's.
 */
export async function* readAhead<Part, Read>(
  parts: readonly Part[],
  atOnce: number,
  read: (part: Part) => Promise<Read>,
): AsyncGenerator<{ part: Part; read: Read }> {
  const reading: Promise<Read>[] = [];
  let next = 0;
  for (const part of parts) {
    for (const ahead of parts.slice(next, next + atOnce - reading.length)) {
      const begun = read(ahead);
      // What fails while another part is gone through is told when it is waited for.
      begun.catch(() => undefined);
      reading.push(begun);
      next += 1;
    }
    const first = reading.shift();
    if (first !== undefined) yield { part, read: await first };
  }
}
