import { Refusal } from "@/core/event/refusal";
import type { Envelope, Message } from "@/server/ingest/message";
import { normalize } from "@/server/ingest/normalize";

export const testReceivedAt = Date.parse("2026-11-23T12:00:00.000Z");

/** What surrounds a message that came in at `testReceivedAt`, as over HTTP unless told. */
export function testEnvelope(change: Partial<Envelope> = {}): Envelope {
  return {
    receivedAt: testReceivedAt,
    trustTimestamps: false,
    maxMessageBytes: 32 * 1024,
    nameMessage: (position) => `assigned-${position}`,
    ...change,
  };
}

/** Messages as the way in makes them of what an SDK sends; throws at one that is refused. */
export function testMessages(...raw: readonly object[]): Message[] {
  return raw.map((one, position) => {
    const message = normalize(one, undefined, testEnvelope({ trustTimestamps: true }), position);
    if (message instanceof Refusal) throw new Error(`${message.code}: ${message.message}`);
    return message;
  });
}
