import { join } from "node:path";
import type { PrismaClient, Workspace } from "@/generated/prisma/client";
import { workspacesFolder } from "../core/destinations/local-files";
import { AlertRunner } from "./alerts/alert-runner";
import { LastAccepted } from "./alerts/last-accepted";
import { keepSwept } from "./debugger/keeping";
import { LiveMessages } from "./debugger/live-messages";
import { openOutgoing } from "./destinations/outgoing";
import { openSecrets } from "./destinations/secrets";
import type { Env } from "./env";
import type { EventEngine } from "./event-store/event-engine";
import { openDatabase } from "./event-store/open";
import { ForwardRunner } from "./forwarding/forward-runner";
import { readIdentityRules } from "./identity/rules";
import { ImportRunner } from "./imports/import-runner";
import { Intake } from "./ingest/intake";
import { openIngest } from "./ingest/open";
import { settledReads } from "./ingest/settled-reads";
import { IngestFigures } from "./ingest-health/ingest-figures";
import type { Logger } from "./log";
import { openMailer } from "./mail/mailer";
import { MembershipWorker } from "./memberships/membership-worker";
import { scopedTo } from "./metadata/scoped";
import { SampleRunner } from "./sample/sample-runner";
import { ScheduleRunner } from "./schedules/schedule-runner";
import type { OpenedServices } from "./services";
import { SyncRunner } from "./syncs/sync-runner";
import { PlanKeeper } from "./tracking-plans/plan-keeper";

export interface Stores {
  env: Env;
  log: Logger;
  metadata: PrismaClient;
  engine: EventEngine;
  now: () => Date;
}

/** The folder of a workspace's files: the first one's is that of the data itself. */
export function folderOf(workspace: Pick<Workspace, "id" | "database">, { dataDir }: Env): string {
  return workspace.database === null ? dataDir : join(dataDir, "workspaces", workspace.id);
}

/** Where destinations of a workspace may write files; nothing of one is within another's. */
function filesDirOf(workspace: Pick<Workspace, "id" | "database">, { filesDir }: Env): string {
  return workspace.database === null ? filesDir : join(filesDir, workspacesFolder, workspace.id);
}

/** Opens a workspace: brings its tables up to date, and repairs what a killed process left half derived. */
export async function openServices(stores: Stores, workspace: Workspace): Promise<OpenedServices> {
  const { env, now } = stores;
  const log = stores.log.child({ workspace: workspace.id });
  const metadata = scopedTo(stores.metadata, workspace.id);
  const dataDir = folderOf(workspace, env);
  const closing: (() => Promise<void>)[] = [];
  // The last opened is the first closed.
  const close = async () => {
    for (const closeOne of closing.splice(0).reverse()) await closeOne();
  };
  try {
    const store = await openDatabase(stores.engine, workspace.database);
    // Closed after what is counted: the last answers count as well.
    const figures = new IngestFigures({
      eventStore: store,
      now: () => Date.now(),
      onError: (error) =>
        log.error({ err: error }, "Figures of what came in could not be written down; it is tried again"),
    });
    closing.push(() => figures.close());
    const ingest = await openIngest(store, join(dataDir, "ingest"), await readIdentityRules(metadata), log);
    closing.push(() => ingest.close());
    const eventStore = settledReads(store, ingest);
    closing.push(
      keepSwept(store, (error) =>
        log.error({ err: error }, "Old messages kept aside could not be removed; it is tried again"),
      ),
    );
    const live = new LiveMessages();
    const lastAccepted = new LastAccepted(eventStore, now().getTime());
    const memberships = await MembershipWorker.open({ eventStore: store, metadata, ingest, log, now });
    closing.push(() => memberships.close());
    const plan = await PlanKeeper.open(metadata);
    const intake = new Intake({ ingest, planOf: plan.planOf, observers: [figures, live, lastAccepted] });
    const imports = new ImportRunner({ metadata, intake, log, dataDir, now });
    closing.push(() => imports.close());
    await imports.resume();
    const sample = new SampleRunner({ metadata, eventStore, ingest, intake, memberships, log, now });
    closing.push(() => sample.close());
    const secrets = await openSecrets(env.dataDir, env.secretKey);
    const outgoing = openOutgoing({ ...env, filesDir: filesDirOf(workspace, env) });
    closing.push(() => outgoing.close());
    const around = { metadata, eventStore, ownStore: store, ingest, memberships, secrets, outgoing, log, now };
    const syncs = new SyncRunner(around);
    closing.push(() => syncs.close());
    await syncs.resume();
    const pacerOf = (destinationId: string, perSecond: number) => syncs.pacerOf(destinationId, perSecond);
    const forwardings = new ForwardRunner({ ...around, pacerOf });
    closing.push(() => forwardings.close());
    await forwardings.resume();
    const mailer = env.mail && openMailer(env.mail);
    const schedules = new ScheduleRunner({ ...around, workspaceId: workspace.id, env, mailer, pacerOf });
    closing.push(() => schedules.close());
    await schedules.resume();
    const alerts = new AlertRunner({ ...around, lastAccepted, mailer, env });
    closing.push(() => alerts.close());
    return {
      workspaceId: workspace.id,
      env,
      eventStore,
      metadata,
      ingest,
      intake,
      figures,
      plan,
      live,
      memberships,
      imports,
      sample,
      secrets,
      outgoing,
      mailer,
      syncs,
      forwardings,
      schedules,
      alerts,
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
