import type { Env } from "./env";
import { openEventStore } from "./event-store/open";
import { ImportRunner } from "./imports/import-runner";
import { openIngest } from "./ingest/open";
import { settledReads } from "./ingest/settled-reads";
import type { Logger } from "./log";
import { openMetadata } from "./metadata/open";
import { SampleRunner } from "./sample/sample-runner";
import type { OpenedServices } from "./services";
import { opening } from "./store-error";

/** Opens both stores, brings their tables up to date, and repairs what a killed process left half derived. */
export async function openServices(env: Env, log: Logger): Promise<OpenedServices> {
  const { dataDir, databaseUrl, clickhouseUrl } = env;
  const closing: (() => Promise<void>)[] = [];
  // The last opened is the first closed.
  const close = async () => {
    for (const closeOne of closing.splice(0).reverse()) await closeOne();
  };
  try {
    const metadata = await opening(
      databaseUrl === undefined ? `The metadata in ${dataDir}` : "The metadata database of DATABASE_URL",
      openMetadata({ dataDir, databaseUrl }),
    );
    closing.push(() => metadata.close());
    const store = await opening(
      clickhouseUrl === undefined ? `The events in ${dataDir}` : "The event store of CLICKHOUSE_URL",
      openEventStore({ dataDir, clickhouseUrl }),
    );
    closing.push(() => store.close());
    const ingest = await openIngest(store, log);
    closing.push(() => ingest.close());
    const eventStore = settledReads(store, ingest);
    const now = () => new Date();
    const imports = new ImportRunner({ metadata: metadata.client, ingest, log, dataDir, now });
    closing.push(() => imports.close());
    await imports.resume();
    const sample = new SampleRunner({ metadata: metadata.client, eventStore, ingest, log, now });
    closing.push(() => sample.close());
    return {
      env,
      eventStore,
      metadata: metadata.client,
      metadataKind: metadata.kind,
      ingest,
      imports,
      sample,
      log,
      dataDir,
      now,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
