import type { HistoryMessage, JsonObject } from "../event/message";

/** One person as the meaning of definitions sees them. */
export interface Person {
  /** Null for a person known only by anonymousIds. */
  userId: string | null;
  anonymousIds: readonly string[];
  /** In Order: by timestamp, then by arrival. Later ones than `now` may be among them. */
  messages: readonly HistoryMessage[];
  /** The accounts that group calls of this person name; none unless told. */
  memberships?: readonly Membership[];
}

/** An account with all that is known of it. */
export interface Account {
  groupId: string;
  /** The group calls that name it, of whichever person, in Order. */
  messages: readonly HistoryMessage[];
  /** Everybody who belongs to it at some time. */
  people: readonly { person: Person; joined: HistoryMessage }[];
}

/** A person belongs to an account from the timestamp of `joined` on: their first group call that names it, by Order. */
export interface Membership {
  account: Account;
  joined: HistoryMessage;
}

/** A person's traits: of each key the last value that one of these messages, given in Order, has set. */
export function traitsOf(messages: readonly HistoryMessage[]): JsonObject {
  const traits = new Map(
    messages.flatMap((message) => (message.type === "identify" ? Object.entries(message.properties) : [])),
  );
  return Object.fromEntries(traits);
}
