import type { EventStore } from "../event-store/event-store";
import type { Ingest } from "./ingest";

/** The event store as everybody but ingest sees it: whatever was acknowledged before a call is seen by it. */
export function settledReads(eventStore: EventStore, ingest: Pick<Ingest, "settled">): EventStore {
  return {
    ...eventStore,
    async query(statement, row, options) {
      await ingest.settled();
      return eventStore.query(statement, row, options);
    },
    async *stream(statement, row, options) {
      await ingest.settled();
      yield* eventStore.stream(statement, row, options);
    },
    async *streamBytes(statement, format, options) {
      await ingest.settled();
      yield* eventStore.streamBytes(statement, format, options);
    },
    async blocks(statement, options) {
      await ingest.settled();
      return eventStore.blocks(statement, options);
    },
    async kept(statement, options) {
      await ingest.settled();
      return eventStore.kept(statement, options);
    },
    async *blockStream(statement, options) {
      await ingest.settled();
      yield* eventStore.blockStream(statement, options);
    },
    async command(statement, options) {
      await ingest.settled();
      return eventStore.command(statement, options);
    },
  };
}
