import type { PrismaClient } from "@/generated/prisma/client";
import type { LiveMessages } from "./debugger/live-messages";
import type { Env } from "./env";
import type { EventStore } from "./event-store/event-store";
import type { ImportRunner } from "./imports/import-runner";
import type { Ingest } from "./ingest/ingest";
import type { Intake } from "./ingest/intake";
import type { IngestFigures } from "./ingest-health/ingest-figures";
import type { Logger } from "./log";
import type { OpenedMetadata } from "./metadata/open";
import type { Sample } from "./sample/sample";

/** What verbs work with. One of each per process, opened once. */
export interface Services {
  readonly env: Env;
  readonly eventStore: EventStore;
  readonly metadata: PrismaClient;
  readonly metadataKind: OpenedMetadata["kind"];
  readonly ingest: Ingest;
  /** The way of messages into `ingest`: by the tracking plan, and under the eyes of those below. */
  readonly intake: Intake;
  readonly figures: IngestFigures;
  readonly live: LiveMessages;
  readonly imports: ImportRunner;
  readonly sample: Sample;
  readonly log: Logger;
  /** Absolute; everything embedded lives here, and it is locked to this process. */
  readonly dataDir: string;
  now(): Date;
}

export interface OpenedServices extends Services {
  /** Stores what was taken, then closes the stores. */
  close(): Promise<void>;
}
