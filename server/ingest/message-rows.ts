import type { InsertRow } from "../event-store/event-store";
import { storedMoment } from "../event-store/stored-moment";
import type { Message } from "./message";

/** A message as a row of `messages`. */
export function messageRow(source: string, message: Message, profile: number, arrival: number): InsertRow {
  return {
    type: message.type,
    event: message.event,
    profile,
    timestamp: storedMoment(message.timestamp),
    arrival,
    properties: message.properties,
    context: message.context,
    message_id: message.messageId,
    user_id: message.userId,
    anonymous_id: message.anonymousId,
    other_id: message.userId === "" && message.anonymousId === "" ? (message.others[0] ?? "") : "",
    source,
    original_timestamp: storedMoment(message.originalTimestamp),
    sent_at: message.sentAt === null ? null : storedMoment(message.sentAt),
    received_at: storedMoment(message.receivedAt),
    extra: message.extra,
  };
}
