import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EventEngine } from "@/server/event-store/event-engine";
import type { EventStore } from "@/server/event-store/event-store";
import { type OpenEventStoreOptions, openDatabase, openEventEngine } from "@/server/event-store/open";

/** A store that has its engine to itself: closing it closes the engine. */
export interface TestEventStore extends EventStore {
  engine: EventEngine;
  /** Folder for the write-ahead log of a writer on it. */
  readonly logDirectory: string;
  close(): Promise<void>;
}

/** The store of the first workspace, migrated. One at a time in a process. */
export async function openFirstStore(options: OpenEventStoreOptions): Promise<TestEventStore> {
  const engine = await openEventEngine(options);
  const logDirectory = join(options.dataDir, "ingest");
  return { ...(await openDatabase(engine, null)), engine, logDirectory, close: () => engine.close() };
}

/** The same in a fresh folder; closing it removes the folder. */
export async function openTestEventStore(): Promise<TestEventStore> {
  const dataDir = await mkdtemp(join(tmpdir(), "foothold-events-"));
  const eventStore = await openFirstStore({ dataDir });
  return {
    ...eventStore,
    async close() {
      await eventStore.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
