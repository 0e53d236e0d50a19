import type { Membership, Person } from "@/core/audience/person";
import type { HistoryMessage, JsonObject } from "@/core/event/message";
import type { EventStore } from "@/server/event-store/event-store";
import { sql } from "@/server/event-store/sql";
import { storedMoment } from "@/server/event-store/stored-moment";
import { deriveAgain, markDerived } from "@/server/ingest/derived-tables";
import { jsonText } from "@/server/ingest/json-text";

/** Puts people with their histories into the event store as ingest would, in two inserts so that tables have several parts. */
export async function loadPeople(
  eventStore: EventStore,
  people: readonly (Person & { profile: number })[],
): Promise<void> {
  const rows = people.flatMap(({ profile, userId, anonymousIds, messages, memberships = [] }) =>
    messages.map((message) => ({
      type: message.type,
      event: message.event,
      profile,
      timestamp: storedMoment(message.timestamp),
      arrival: message.arrival,
      properties: jsonText(message.properties),
      context: jsonText(message.context),
      message_id: message.messageId,
      user_id: userId ?? "",
      anonymous_id: anonymousIds[0] ?? "",
      source: "test",
      original_timestamp: storedMoment(message.timestamp),
      sent_at: null,
      received_at: storedMoment(message.timestamp),
      extra: jsonText(groupIdOf(message, memberships)),
    })),
  );
  const half = Math.floor(rows.length / 2);
  await eventStore.insert("messages", rows.slice(0, half));
  await eventStore.insert("messages", rows.slice(half));
  // Twice, for what is derived again must stay the same.
  await deriveAgain(eventStore, sql`arrival % 2 = 0`);
  await deriveAgain(eventStore, sql`1`);
  await eventStore.insert(
    "identities",
    people.flatMap(({ profile, userId, anonymousIds }) => [
      ...(userId === null ? [] : [{ kind: "user", id: userId, profile, known: 1, version: 1 }]),
      ...anonymousIds.map((id) => ({ kind: "anonymous", id, profile, known: userId === null ? 0 : 1, version: 1 })),
    ]),
  );
  const arrivals = people.flatMap(({ messages }) => messages.map(({ arrival }) => arrival));
  await markDerived(
    eventStore,
    arrivals.reduce((latest, arrival) => Math.max(latest, arrival), 0),
  );
}

/** The account that a group call names, as ingest keeps it. */
function groupIdOf(message: HistoryMessage, memberships: readonly Membership[]): JsonObject {
  const membership = memberships.find(({ account }) => account.messages.includes(message));
  return membership ? { groupId: membership.account.groupId } : {};
}
