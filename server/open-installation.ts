import type { Env } from "./env";
import { openEventEngine } from "./event-store/open";
import { WriteKeys } from "./ingest/write-keys";
import type { Logger } from "./log";
import { openMetadata } from "./metadata/open";
import type { OpenedInstallation } from "./services";
import { opening } from "./store-error";
import { OpenWorkspaces } from "./workspace/workspaces";

/** Opens both stores and every workspace. */
export async function openInstallation(env: Env, log: Logger): Promise<OpenedInstallation> {
  const { dataDir, databaseUrl, clickhouseUrl } = env;
  const closing: (() => Promise<void>)[] = [];
  // The last opened is the first closed.
  const close = async () => {
    for (const closeOne of closing.splice(0).reverse()) await closeOne();
  };
  const now = () => new Date();
  try {
    const { client: metadata, ...opened } = await opening(
      databaseUrl === undefined ? `The metadata in ${dataDir}` : "The metadata database of DATABASE_URL",
      openMetadata({ dataDir, databaseUrl }),
    );
    closing.push(() => opened.close());
    const events = clickhouseUrl === undefined ? `The events in ${dataDir}` : "The event store of CLICKHOUSE_URL";
    const engine = await opening(events, openEventEngine({ dataDir, clickhouseUrl }));
    closing.push(() => engine.close());
    const workspaces = new OpenWorkspaces({ env, log, metadata, engine, now });
    closing.push(() => workspaces.close());
    await opening(events, workspaces.open());
    return {
      env,
      log,
      metadata,
      metadataKind: opened.kind,
      eventStoreKind: engine.kind,
      workspaces,
      writeKeys: new WriteKeys(metadata),
      now,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
