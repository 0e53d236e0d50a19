import type { PrismaClient } from "@/generated/prisma/client";
import type { Workspace } from "../core/api/workspace";
import type { LiveMessages } from "./debugger/live-messages";
import type { Outgoing } from "./destinations/outgoing";
import type { Secrets } from "./destinations/secrets";
import type { Env } from "./env";
import type { EventStore } from "./event-store/event-store";
import type { ForwardRunner } from "./forwarding/forward-runner";
import type { ImportRunner } from "./imports/import-runner";
import type { Ingest } from "./ingest/ingest";
import type { Intake } from "./ingest/intake";
import type { WriteKeys } from "./ingest/write-keys";
import type { IngestFigures } from "./ingest-health/ingest-figures";
import type { Logger } from "./log";
import type { Mailer } from "./mail/mailer";
import type { Memberships } from "./memberships/memberships";
import type { OpenedMetadata } from "./metadata/open";
import type { Metadata } from "./metadata/scoped";
import type { Sample } from "./sample/sample";
import type { SchedulesAtWork } from "./schedules/making";
import type { SyncRunner } from "./syncs/sync-runner";
import type { PlanKeeper } from "./tracking-plans/plan-keeper";

/** What there is one of per process, whichever workspaces there are. */
export interface Installation {
  readonly env: Env;
  readonly log: Logger;
  /** Everybody's: accounts, and what says which workspace a request is for. Verbs get that of their workspace. */
  readonly metadata: PrismaClient;
  readonly metadataKind: OpenedMetadata["kind"];
  readonly eventStoreKind: EventStore["kind"];
  readonly workspaces: Workspaces;
  readonly writeKeys: WriteKeys;
  now(): Date;
}

export type NewWorkspace = Pick<Workspace, "name" | "environment" | "timeZone">;

/** The workspaces of an installation, all of them open: what is done in one is nowhere in another. */
export interface Workspaces {
  /** The oldest, which is meant where none is named. There always is one. */
  first(): Services;
  get(id: string): Services | undefined;
  all(): Iterable<Services>;
  /** In the order in which they were made. */
  list(): Promise<Workspace[]>;
  /** Errors: `invalid` for a zone that there is not. */
  create(workspace: NewWorkspace): Promise<Workspace>;
  /** Removes a workspace and all that is in it, for good. Errors: `not_found`; `conflict` for the only one. */
  remove(id: string): Promise<void>;
}

export interface OpenedInstallation extends Installation {
  /** Stores what was taken, then closes the stores. */
  close(): Promise<void>;
}

/** What verbs work with: all of it is of one workspace, so that nothing done with it can touch another. */
export interface Services {
  readonly workspaceId: string;
  readonly env: Env;
  readonly eventStore: EventStore;
  readonly metadata: Metadata;
  readonly ingest: Ingest;
  /** The way of messages into `ingest`: by the tracking plan, and under the eyes of those below. */
  readonly intake: Intake;
  readonly figures: IngestFigures;
  readonly plan: PlanKeeper;
  readonly live: LiveMessages;
  /** Who is in each audience now, as the log of changes has it. */
  readonly memberships: Memberships;
  readonly imports: ImportRunner;
  readonly sample: Sample;
  readonly secrets: Secrets;
  readonly outgoing: Outgoing;
  /** Not there where the operator has set up no mail: `neededMailer` says so. */
  readonly mailer: Mailer | undefined;
  readonly syncs: SyncRunner;
  /** What is sent on of the messages that come in. */
  readonly forwardings: ForwardRunner;
  /** Files that are made again and again. */
  readonly schedules: SchedulesAtWork;
  /** Who watches over all of that. */
  readonly alerts: { wake(): void };
  readonly log: Logger;
  /** Absolute; the workspace's folder for files, locked to this process. */
  readonly dataDir: string;
  now(): Date;
}

export interface OpenedServices extends Services {
  /** Stores what was taken, and ends what goes on in the background. */
  close(): Promise<void>;
}
