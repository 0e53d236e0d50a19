import type { JsonObject, MessageType } from "@/core/event/message";
import type { EventStore } from "@/server/event-store/event-store";
import { param, sql } from "@/server/event-store/sql";
import { deriveAgain } from "@/server/ingest/derived-tables";

export interface StoredMessage {
  profile: number;
  timestamp: number;
  type?: MessageType;
  event?: string;
  properties?: JsonObject;
  context?: JsonObject;
  source?: string;
  /** Of a group call. */
  groupId?: string;
}

let nextArrival = 1;

/** Stores messages, and all that derives from them, in order of arrival, for tests of what reads them. */
export async function storeMessages(eventStore: EventStore, messages: readonly StoredMessage[]): Promise<void> {
  const first = nextArrival;
  await eventStore.insert(
    "messages",
    messages.map(
      ({ profile, timestamp, type = "track", event = "", properties = {}, context = {}, source = "s1", groupId }) => {
        const arrival = nextArrival++;
        return {
          profile,
          timestamp,
          type,
          event,
          arrival,
          source,
          properties: JSON.stringify(properties),
          context: JSON.stringify(context),
          message_id: `m${arrival}`,
          user_id: `user-${profile}`,
          anonymous_id: "",
          original_timestamp: timestamp,
          sent_at: null,
          received_at: timestamp,
          extra: JSON.stringify({ groupId }),
        };
      },
    ),
  );
  await deriveAgain(eventStore, sql`arrival >= ${param.uint64(first)}`);
}

/** Gives each number its userId, or an anonymousId where `known` is false: `user-7`, `anonymous-7`. */
export async function storeIdentities(
  eventStore: EventStore,
  profiles: readonly number[],
  known = true,
): Promise<void> {
  await eventStore.insert(
    "identities",
    profiles.map((profile) => ({
      kind: known ? "user" : "anonymous",
      id: `${known ? "user" : "anonymous"}-${profile}`,
      profile,
      known: known ? 1 : 0,
      version: nextArrival++,
    })),
  );
}
