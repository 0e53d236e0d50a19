import type { HistoryMessage, JsonObject } from "../event/message";

/** One person as the meaning of definitions sees them. */
export interface Person {
  /** Null for a person known only by anonymousIds. */
  userId: string | null;
  anonymousIds: readonly string[];
  /** In Order: by timestamp, then by arrival. Later ones than `now` may be among them. */
  messages: readonly HistoryMessage[];
}

/** A person's traits: of each key the last value that one of these messages, given in Order, has set. */
export function traitsOf(messages: readonly HistoryMessage[]): JsonObject {
  const traits = new Map(
    messages.flatMap((message) => (message.type === "identify" ? Object.entries(message.properties) : [])),
  );
  return Object.fromEntries(traits);
}
