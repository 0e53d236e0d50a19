import type { InsertRow } from "../event-store/event-store";
import { storedMoment } from "../event-store/stored-moment";
import type { Rejection } from "./ingest";
import type { Message } from "./message";

const maxRawLength = 4_000;

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
    source,
    original_timestamp: storedMoment(message.originalTimestamp),
    sent_at: message.sentAt === null ? null : storedMoment(message.sentAt),
    received_at: storedMoment(message.receivedAt),
    extra: message.extra,
  };
}

/** A refusal as a row of `rejections`. */
export function rejectionRow(source: string, rejection: Rejection): InsertRow {
  return {
    source,
    import_id: rejection.importId ?? "",
    line: rejection.line ?? 0,
    received_at: storedMoment(rejection.receivedAt),
    code: rejection.code,
    message: rejection.message,
    raw: rejection.raw.slice(0, maxRawLength),
  };
}
