import { join } from "node:path";
import { openChdb } from "./chdb";
import { openClickhouse } from "./clickhouse";
import type { EventEngine } from "./event-engine";
import type { EventStore } from "./event-store";
import { findingOut } from "./finding-out";
import { keepingReads } from "./keeping-reads";
import { migrate } from "./migrate";

export interface OpenEventStoreOptions {
  dataDir: string;
  /** Selects a ClickHouse server in place of chDB in `dataDir`. */
  clickhouseUrl?: string | undefined;
}

export async function openEventEngine({ dataDir, clickhouseUrl }: OpenEventStoreOptions): Promise<EventEngine> {
  return clickhouseUrl === undefined
    ? openChdb({ directory: join(dataDir, "events") })
    : await openClickhouse(clickhouseUrl);
}

/** Opens the store in a database of the engine, and brings its tables up to date. */
export async function openDatabase(engine: EventEngine, name: string | null): Promise<EventStore> {
  const eventStore = await engine.database(name);
  await migrate(eventStore);
  return findingOut(keepingReads(eventStore));
}
