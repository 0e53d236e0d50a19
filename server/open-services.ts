import type { Env } from "./env";
import { LiveMessages } from "./debugger/live-messages";
import { openEventStore } from "./event-store/open";
import { ImportRunner } from "./imports/import-runner";
import { openIngest } from "./ingest/open";
import { Intake } from "./ingest/intake";
import { settledReads } from "./ingest/settled-reads";
import { IngestFigures } from "./ingest-health/ingest-figures";
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
    // Closed after what is counted: the last answers count as well.
    const figures = new IngestFigures({
      eventStore: store,
      now: () => Date.now(),
      onError: (error) =>
        log.error({ err: error }, "Figures of what came in could not be written down; it is tried again"),
    });
    closing.push(() => figures.close());
    const ingest = await openIngest(store, log);
    closing.push(() => ingest.close());
    const eventStore = settledReads(store, ingest);
    const now = () => new Date();
    const live = new LiveMessages();
    const intake = new Intake({ ingest, planOf: () => null, observers: [figures, live] });
    const imports = new ImportRunner({ metadata: metadata.client, intake, log, dataDir, now });
    closing.push(() => imports.close());
    await imports.resume();
    const sample = new SampleRunner({ metadata: metadata.client, eventStore, ingest, intake, log, now });
    closing.push(() => sample.close());
    return {
      env,
      eventStore,
      metadata: metadata.client,
      metadataKind: metadata.kind,
      ingest,
      intake,
      figures,
      live,
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
