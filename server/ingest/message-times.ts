import { parseMoment } from "../../core/event/moment";
import { Refusal } from "../../core/event/refusal";

export interface MessageTimes {
  readonly timestamp: number;
  readonly originalTimestamp: number;
  readonly sentAt: number | null;
}

interface SentTimes {
  timestamp?: unknown;
  originalTimestamp?: unknown;
  sentAt?: unknown;
}

function refused(path: string, value: unknown): Refusal {
  const shown = JSON.stringify(value)?.slice(0, 60);
  return new Refusal(
    "invalid_timestamp",
    `${path} must be an ISO 8601 time, such as 2026-11-23T14:32:07.000Z, between 1970 and 2261; it is ${shown}.`,
    path,
  );
}

const absent = (value: unknown): boolean => value === undefined || value === null || value === "";

/**
 * When a message happened, by the server's clock: what the device claims, moved by as much as the device's clock was
 * off when it sent. Never later than the arrival where there is a `sentAt` to judge by. Without a `sentAt`, with
 * `trust`, or for a message that carries both times and so was corrected before, the time stands as it was sent.
 */
export function messageTimes(
  sent: SentTimes,
  envelopeSentAt: unknown,
  receivedAt: number,
  trust: boolean,
): MessageTimes | Refusal {
  const hasTimestamp = !absent(sent.timestamp);
  const hasOriginal = !absent(sent.originalTimestamp);
  const timestamp = hasTimestamp ? parseMoment(sent.timestamp) : undefined;
  const original = hasOriginal ? parseMoment(sent.originalTimestamp) : undefined;
  if (hasTimestamp && timestamp === undefined) return refused("timestamp", sent.timestamp);
  if (hasOriginal && original === undefined) return refused("originalTimestamp", sent.originalTimestamp);

  // A sentAt that cannot be read says nothing about the clock, and nothing else depends on it.
  const sentAt = parseMoment(absent(sent.sentAt) ? envelopeSentAt : sent.sentAt) ?? null;
  const claimed = original ?? timestamp;
  if (claimed === undefined) return { timestamp: receivedAt, originalTimestamp: receivedAt, sentAt };
  if (trust || sentAt === null || (hasTimestamp && hasOriginal)) {
    return { timestamp: timestamp ?? claimed, originalTimestamp: claimed, sentAt };
  }
  const age = Math.max(0, sentAt - claimed);
  return { timestamp: Math.max(0, receivedAt - age), originalTimestamp: claimed, sentAt };
}
