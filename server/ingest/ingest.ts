import type { IdentityCheck } from "../../core/identity/identifiers";
import type { IdentityRules } from "../../core/identity/rules";
import type { EventStore } from "../event-store/event-store";
import type { HistoryGate } from "./history-gate";
import type { KeptMessage } from "./kept-message";
import type { Message } from "./message";

/** What one caller brings, in order of arrival. */
export interface Delivery {
  /** Id of the source. */
  readonly source: string;
  readonly messages: readonly Message[];
  /** What was refused or held back among them. */
  readonly rejections: readonly KeptMessage[];
}

export interface Verdict {
  /** False for a message whose messageId its source had sent before. */
  readonly fresh: boolean;
  /** The number of the person whom the message joined, as of then; null for one that is not new. */
  readonly profile: number | null;
}

/** What a change of who is who by hand works with. */
export interface PeopleChange {
  /** The tables as they are, past the gate at which reads wait. */
  readonly eventStore: EventStore;
  /** New people get the numbers from here on. */
  readonly nextProfile: number;
  /** Its place in the log, among the arrivals of messages. */
  readonly seq: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * The one way into the event store. Messages are durable and have their person once the promise resolves; a query sees
 * them, and all that derives from them, when `settled` has resolved after that (see settled-reads.ts).
 */
export interface Ingest {
  /** What identifies people here, for whoever makes messages of what came in. */
  readonly identity: IdentityCheck;
  /** Lets other rules hold for what comes in from now on. */
  setIdentityRules(rules: IdentityRules): void;
  /** Lets identifiers of people who were deleted not come back, or come back after all (suppressed-ids.ts). */
  suppress(hashes: readonly string[]): void;
  allow(hashes: readonly string[]): void;
  /**
   * Stores what is new, and answers for each message in turn. Deliveries keep the order in which they are given; several share one insert.
   * Errors: `unavailable` when too much is waiting, when the store fails, or when the process is stopping; then nothing
   * of the delivery is acknowledged, and sending it again is safe.
   */
  write(delivery: Delivery): Promise<readonly Verdict[]>;
  /**
   * Runs `work` while nothing is being written; what was known of the store is read anew afterwards. For whatever
   * changes messages or identities behind the writer's back.
   */
  exclusively<Answer>(work: () => Promise<Answer>): Promise<Answer>;
  /**
   * Runs `work` while nothing is read or written, for changes of who is who by hand. Cut off anywhere, what it has logged
   * (hand-changes.ts) is completed by the next write or start.
   */
  changePeople<Answer>(work: (change: PeopleChange) => Promise<Answer>): Promise<Answer>;
  /** What keeps reads from seeing half of a join. */
  readonly gate: HistoryGate;
  /**
   * Resolves when everything is derived from the messages that were stored before the call. Whoever asks `repeatedly`, every second or
   * so, spares the ingest to store what waits between. Errors: `unavailable`.
   */
  settled(asks?: { repeatedly: boolean }): Promise<void>;
  /** Whether that is so now. */
  readonly isSettled: boolean;
  /** Calls the listener whenever messages were acknowledged that wait to be derived from, until the answered function is called. */
  onTaken(listener: () => void): () => void;
  /** Calls the listener whenever more has been derived, or who is who was changed, until the answered function is called. */
  onDerived(listener: () => void): () => void;
  /** Takes nothing more, and resolves when all that was taken is stored. */
  close(): Promise<void>;
}

/** Most messages of one delivery; what brings more sends several. */
export const maxDeliveryMessages = 10_000;
