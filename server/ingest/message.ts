import type { MessageType } from "../../core/event/message";

/**
 * A message that has been checked, as it is stored. Times are milliseconds since the epoch; `properties`, `context`
 * and `extra` are JSON objects as text, well-formed and of bounded depth; absent ids are "".
 */
export interface Message {
  readonly type: MessageType;
  /** `event` of a track, `name` of a page or screen, "" of the others. */
  readonly event: string;
  readonly timestamp: number;
  readonly originalTimestamp: number;
  readonly sentAt: number | null;
  readonly receivedAt: number;
  readonly messageId: string;
  readonly userId: string;
  readonly anonymousId: string;
  /** Further identifiers by the workspace's rules, each as its type, a colon, and the id. */
  readonly others: readonly string[];
  /** Of an alias: the id that its userId is joined with. */
  readonly previousId: string;
  /** Properties of a track, page or screen; traits of an identify or group. */
  readonly properties: string;
  readonly context: string;
  /** Every other field that was sent: groupId, previousId, category, integrations, … */
  readonly extra: string;
}

/** What stands around the messages of a request, and what its way in allows. */
export interface Envelope {
  readonly receivedAt: number;
  /** The client's clock when it sent; for a message that does not say so itself. */
  readonly sentAt?: unknown;
  /** Merged under the context and the integrations of every message. */
  readonly context?: unknown;
  readonly integrations?: unknown;
  /** A file's times are history and stand as written; a device's clock is corrected by `sentAt`. */
  readonly trustTimestamps: boolean;
  /** Of one message as stored, in bytes. */
  readonly maxMessageBytes: number;
  /** Names a message that has no id of its own. */
  readonly nameMessage: (position: number) => string;
}
