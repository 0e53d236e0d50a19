/** The six calls of the Segment spec. */
export const messageTypes = ["identify", "track", "page", "screen", "group", "alias"] as const;
export type MessageType = (typeof messageTypes)[number];

/** The calls that are events: the ones a condition or a funnel step can name. */
export const eventTypes = ["track", "page", "screen"] as const satisfies readonly MessageType[];
export type EventType = (typeof eventTypes)[number];

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

/**
 * One message of a person's history, as the meaning of definitions sees it (semantics, "Words").
 * A history is a list of these in Order: by `timestamp`, then by `arrival`.
 */
export interface HistoryMessage {
  messageId: string;
  type: MessageType;
  /** `event` of a track, `name` of a page or screen, "" of the others. */
  event: string;
  /** Milliseconds since the epoch. */
  timestamp: number;
  /** Position in the order of arrival, unique in the workspace. */
  arrival: number;
  /** Properties of a track, page or screen; traits of an identify or group. */
  properties: JsonObject;
  context: JsonObject;
}
