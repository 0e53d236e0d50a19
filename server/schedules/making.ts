import type { Outgoing } from "../destinations/outgoing";
import type { Pacer } from "../destinations/pacer";
import type { Secrets } from "../destinations/secrets";
import type { Env } from "../env";
import type { EventStore } from "../event-store/event-store";
import type { Logger } from "../log";
import type { Mailer } from "../mail/mailer";
import type { Metadata } from "../metadata/scoped";

/** What files are made with. */
export interface MakeSurroundings {
  readonly workspaceId: string;
  readonly env: Env;
  readonly metadata: Metadata;
  readonly eventStore: EventStore;
  readonly secrets: Secrets;
  readonly outgoing: Outgoing;
  readonly mailer: Mailer | undefined;
  readonly log: Logger;
  /** The pace of a destination, which all that goes there shares. */
  pacerOf(destinationId: string, perSecond: number): Pacer;
  now(): Date;
}

export interface Made {
  rows: number;
  bytes: number;
  location: string;
  /** What of it could not be done; null for nothing. */
  message: string | null;
}

/** The schedules of a workspace at work. */
export interface SchedulesAtWork {
  /** Begins with one that was made, or anew with one that was changed. */
  start(id: string): void;
  /** There may be something to do. */
  wake(id: string): void;
  /** Ends one; resolves once nothing of it runs. */
  end(id: string): Promise<void>;
  /** Ends what goes to a destination; resolves once nothing of it runs. */
  endOf(destinationId: string): Promise<void>;
  /** The destination was changed: what waits for it is tried at once. */
  restartOf(destinationId: string): Promise<void>;
}
