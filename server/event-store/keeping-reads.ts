import type { BareStore, EventStore } from "./event-store";
import type { NativeBlock } from "./native";
import { renderLiteral } from "./sql";

/** Answers that are kept may take so much memory. */
const mostBytes = 128 * 1024 * 1024;

interface Answer {
  blocks: NativeBlock[];
  bytes: number;
}

/**
 * The store with a memory of answers, so that an edit of a definition reads only what it changes. A write of any kind ends
 * all of it, when it begins and when it is done, so that an answer is always what the engine would say again. Bounded: what
 * was not asked for the longest goes first.
 */
export function keepingReads(engine: BareStore): EventStore {
  const answers = new Map<string, Answer>();
  let bytes = 0;
  let writes = 0;
  let writing = 0;

  function forget(): void {
    writes += 1;
    answers.clear();
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

  function keep(key: string, answer: Answer): void {
    bytes += answer.bytes - (answers.get(key)?.bytes ?? 0);
    answers.delete(key);
    answers.set(key, answer);
    for (const [oldest, { bytes: freed }] of answers) {
      if (bytes <= mostBytes) return;
      answers.delete(oldest);
      bytes -= freed;
    }
  }

  return {
    // Method by method, so that none that writes is forgotten.
    kind: engine.kind,
    query: engine.query,
    stream: engine.stream,
    streamBytes: engine.streamBytes,
    blocks: engine.blocks,
    blockStream: engine.blockStream,
    async kept(statement, options) {
      const key = `${JSON.stringify(options?.settings ?? {})} ${renderLiteral(statement)}`;
      const known = answers.get(key);
      if (known !== undefined) {
        answers.delete(key);
        answers.set(key, known);
        return known.blocks;
      }
      const writesBefore = writes;
      const isQuiet = writing === 0;
      const blocks = await engine.blocks(statement, options);
      if (isQuiet && writes === writesBefore) {
        keep(key, { blocks, bytes: blocks.reduce((sum, { size }) => sum + size, 2 * key.length) });
      }
      return blocks;
    },
    command: (statement, options) => write(() => engine.command(statement, options)),
    insert: async (table, rows) => {
      if (rows.length > 0) await write(() => engine.insert(table, rows));
    },
    insertLines: (table, lines, rows) => write(() => engine.insertLines(table, lines, rows)),
  };
}
