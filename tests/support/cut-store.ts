import type { EventStore } from "@/server/event-store/event-store";

/** The store, until `writes` writes are done: from then on every write fails, as if the process were gone, save to `spared`. */
export function cutAfter(eventStore: EventStore, writes: number, spared?: string): EventStore {
  let left = writes;
  const cut = () => {
    if (left-- <= 0) throw new Error("cut off");
  };
  return {
    ...eventStore,
    insert: async (table, rows) => {
      if (rows.length > 0 && table !== spared) cut();
      await eventStore.insert(table, rows);
    },
    insertLines: async (table, lines, rows) => {
      cut();
      await eventStore.insertLines(table, lines, rows);
    },
    command: async (statement, options) => {
      cut();
      await eventStore.command(statement, options);
    },
  };
}
