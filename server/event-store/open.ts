import { join } from "node:path";
import { openChdb } from "./chdb";
import { openClickhouse } from "./clickhouse";
import type { EventStore } from "./event-store";
import { findingOut } from "./finding-out";
import { migrate } from "./migrate";

export interface OpenEventStoreOptions {
  dataDir: string;
  /** Selects a ClickHouse server in place of chDB in `dataDir`. */
  clickhouseUrl?: string | undefined;
}

/** Opens the event store and brings its tables up to date. */
export async function openEventStore({ dataDir, clickhouseUrl }: OpenEventStoreOptions): Promise<EventStore> {
  const eventStore =
    clickhouseUrl === undefined
      ? openChdb({ directory: join(dataDir, "events") })
      : await openClickhouse(clickhouseUrl);
  try {
    await migrate(eventStore);
  } catch (error) {
    await eventStore.close();
    throw error;
  }
  return findingOut(eventStore);
}
