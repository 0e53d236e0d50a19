import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EventStore } from "@/server/event-store/event-store";
import { openEventStore } from "@/server/event-store/open";

/** An event store in a fresh folder, migrated; closing it removes the folder. One at a time in a process. */
export async function openTestEventStore(): Promise<EventStore> {
  const dataDir = await mkdtemp(join(tmpdir(), "foothold-events-"));
  const eventStore = await openEventStore({ dataDir });
  return {
    ...eventStore,
    async close() {
      await eventStore.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
