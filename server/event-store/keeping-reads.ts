import type { BareStore, EventStore } from "./event-store";
import type { NativeBlock } from "./native";
import type { PeopleBits } from "./people-bits";
import { renderLiteral } from "./sql";

/** Answers that are kept may take so much memory. */
const mostBytes = 128 * 1024 * 1024;

interface Answer<Kept> {
  value: Kept;
  bytes: number;
}

/**
 * The store with a memory of answers, so that an edit of a definition reads only what it changes. A write of any kind ends
 * all of it, when it begins and when it is done, so that an answer is always what the engine would say again. Bounded: what
 * was not asked for the longest goes first.
 */
export function keepingReads(engine: BareStore): EventStore {
  const answers = new Map<string, Answer<NativeBlock[]>>();
  const sets = new Map<string, Answer<PeopleBits>>();
  let bytes = 0;
  let writes = 0;
  let writing = 0;

  function forget(): void {
    writes += 1;
    answers.clear();
    sets.clear();
    bytes = 0;
  }

  async function write<Written>(work: () => Promise<Written>): Promise<Written> {
    writing += 1;
    forget();
    try {
      return await work();
    } finally {
      writing -= 1;
      forget();
    }
  }

  /** What is kept under a key, or what is found now, which is then kept unless something was written meanwhile. */
  async function remembered<Kept>(
    among: Map<string, Answer<Kept>>,
    key: string,
    find: () => Promise<Kept>,
    bytesOf: (found: Kept) => number,
  ): Promise<Kept> {
    const known = among.get(key);
    if (known !== undefined) {
      among.delete(key);
      among.set(key, known);
      return known.value;
    }
    const writesBefore = writes;
    const isQuiet = writing === 0;
    const value = await find();
    if (isQuiet && writes === writesBefore && !among.has(key)) {
      const answer = { value, bytes: bytesOf(value) + 2 * key.length };
      among.set(key, answer);
      bytes += answer.bytes;
      // Sets are what took longest to find.
      drop(answers);
      drop(sets);
    }
    return value;
  }

  function drop(among: Map<string, Answer<unknown>>): void {
    for (const [oldest, { bytes: freed }] of among) {
      if (bytes <= mostBytes) return;
      among.delete(oldest);
      bytes -= freed;
    }
  }

  return {
    // Method by method, so that none that writes is forgotten.
    identity: engine,
    kind: engine.kind,
    query: engine.query,
    stream: engine.stream,
    streamBytes: engine.streamBytes,
    blocks: engine.blocks,
    blockStream: engine.blockStream,
    kept: (statement, options) =>
      remembered(
        answers,
        `${JSON.stringify(options?.settings ?? {})} ${renderLiteral(statement)}`,
        () => engine.blocks(statement, options),
        (blocks) => blocks.reduce((sum, { size }) => sum + size, 0),
      ),
    keptPeople: (key, find) => remembered(sets, key, find, ({ size }) => size),
    command: (statement, options) => write(() => engine.command(statement, options)),
    insert: async (table, rows) => {
      if (rows.length > 0) await write(() => engine.insert(table, rows));
    },
    insertLines: (table, lines, rows) => write(() => engine.insertLines(table, lines, rows)),
  };
}
