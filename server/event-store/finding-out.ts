import type { EventStore } from "./event-store";
import { foundOut, type Sql } from "./sql";

/** The store, which asks for what a statement needs to be known beforehand, each time before it takes the statement. */
export function findingOut(eventStore: EventStore): EventStore {
  const found = (statement: Sql, signal: AbortSignal | undefined) => foundOut(statement, finding, signal);
  const finding: EventStore = {
    ...eventStore,
    async query(statement, row, options) {
      return eventStore.query(await found(statement, options?.signal), row, options);
    },
    async *stream(statement, row, options) {
      yield* eventStore.stream(await found(statement, options?.signal), row, options);
    },
    async *streamBytes(statement, format, options) {
      yield* eventStore.streamBytes(await found(statement, options?.signal), format, options);
    },
    async blocks(statement, options) {
      return eventStore.blocks(await found(statement, options?.signal), options);
    },
    async kept(statement, options) {
      return eventStore.kept(await found(statement, options?.signal), options);
    },
    async *blockStream(statement, options) {
      yield* eventStore.blockStream(await found(statement, options?.signal), options);
    },
    async command(statement, options) {
      return eventStore.command(await found(statement, options?.signal), options);
    },
  };
  return finding;
}
