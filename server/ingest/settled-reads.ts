import type { EventStore } from "../event-store/event-store";
import type { Ingest } from "./ingest";

/**
 * The event store as everybody but ingest sees it: whatever was acknowledged before a call is seen by it, and of joins and
 * partings of people all or nothing (history-gate.ts).
 */
export function settledReads(eventStore: EventStore, ingest: Pick<Ingest, "settled" | "gate">): EventStore {
  const { gate } = ingest;
  const read = <Answer>(work: () => Promise<Answer>): Promise<Answer> =>
    gate.read(async () => {
      await ingest.settled();
      return work();
    });
  /** The engine decides at the start what a statement sees: once its first rows are there, nothing need wait for the rest. */
  async function* stream<Batch>(open: () => AsyncIterable<Batch>): AsyncIterable<Batch> {
    const rows = open()[Symbol.asyncIterator]();
    try {
      const first = await read(() => rows.next());
      for (let next = first; !next.done; next = await rows.next()) yield next.value;
    } finally {
      await rows.return?.();
    }
  }
  return {
    ...eventStore,
    query: (statement, row, options) => read(() => eventStore.query(statement, row, options)),
    stream: (statement, row, options) => stream(() => eventStore.stream(statement, row, options)),
    streamBytes: (statement, format, options) => stream(() => eventStore.streamBytes(statement, format, options)),
    blocks: (statement, options) => read(() => eventStore.blocks(statement, options)),
    kept: (statement, options) => read(() => eventStore.kept(statement, options)),
    blockStream: (statement, options) => stream(() => eventStore.blockStream(statement, options)),
    async keptPeople(key, find) {
      await ingest.settled();
      return eventStore.keptPeople(key, find);
    },
    async command(statement, options) {
      await ingest.settled();
      return eventStore.command(statement, options);
    },
  };
}
