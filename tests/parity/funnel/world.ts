import fc from "fast-check";
import type { Person as Subject } from "@/core/audience/person";
import type { HistoryMessage, JsonObject, MessageType } from "@/core/event/message";
import type { EventStore, InsertRow } from "@/server/event-store/event-store";
import { Sql, sql } from "@/server/event-store/sql";
import { deriveAgain, markDerived } from "@/server/ingest/derived-tables";

/** A person of a world, under the number that the store knows them by. */
export interface Person extends Subject {
  profile: number;
}

export const hour = 3_600_000;
/** The moment in the middle of all generated timestamps, so that some of them are in the future. */
export const now = Date.UTC(2026, 10, 23, 12);

const properties: fc.Arbitrary<JsonObject> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  {
    weight: 3,
    arbitrary: fc.record({ score: fc.constantFrom<(number | string | null)[]>(1, 2, 3, "3", "many", null) }),
  },
  { weight: 2, arbitrary: fc.record({ plan: fc.constantFrom("trial", "team", "") }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<JsonObject[]>(
      { deep: { plan: "team" } },
      { deep: { plan: "trial" }, "deep.plan": "team" },
      { list: [{ of: 1 }, { of: 2 }] },
      { list: [{ of: 3 }] },
      { score: [1, 2] },
      { score: true },
    ),
  },
);

/** Few names, few moments: so that ties, repeated steps and events that fit two steps abound. */
const message = fc.record({
  type: fc.constantFrom<MessageType[]>(
    ...Array.from({ length: 9 }, () => "track" as const),
    "page",
    "screen",
    "identify",
  ),
  event: fc.constantFrom("A", "A", "B", "B", "C"),
  hoursAgo: fc.integer({ min: -1, max: 6 }),
  /** Off by the least there is, to stand on either side of a window's edge. */
  shift: fc.constantFrom(...Array.from({ length: 12 }, () => 0), -1, 1),
  properties,
});

const person = fc.record({
  known: fc.constantFrom(true, true, true, false),
  messages: fc.array(message, { maxLength: 12, size: "max" }),
});

/** People whose messages arrived in one random order that is not the order of their timestamps. */
export const people: fc.Arbitrary<Person[]> = fc
  .tuple(fc.array(person, { minLength: 1, maxLength: 60, size: "max" }), fc.infiniteStream(fc.nat(1_000)))
  .map(([drafts, ranks]) => {
    const all = drafts.flatMap(({ messages }, index) =>
      messages.map((draft) => ({ draft, index, rank: ranks.next().value })),
    );
    const arrived = all.map((item, at) => ({ ...item, at })).sort((a, b) => a.rank - b.rank || a.at - b.at);
    return drafts.map(({ known }, index) => ({
      profile: index + 1,
      userId: known ? `user-${index + 1}` : null,
      anonymousIds: known ? [] : [`anonymous-${index + 1}`],
      messages: arrived
        .flatMap((item, arrival) => (item.index === index ? [historyMessage(item.draft, arrival)] : []))
        .sort((a, b) => a.timestamp - b.timestamp || a.arrival - b.arrival),
    }));
  });

function historyMessage(draft: Draft, arrival: number): HistoryMessage {
  const { type, hoursAgo, shift, properties } = draft;
  const event = type === "identify" ? "" : draft.event;
  const timestamp = now - hoursAgo * hour + shift;
  return { messageId: `m${arrival}`, type, event, timestamp, arrival, properties, context: {} };
}

interface Draft {
  type: MessageType;
  event: string;
  hoursAgo: number;
  shift: number;
  properties: JsonObject;
}

const tables = [
  "messages",
  "message_ids",
  "trait_changes",
  "profile_traits",
  "profile_activity",
  "event_periods",
  "event_moments",
  "trait_values",
  "profile_identities",
  "identities",
  "people_sets",
  "profile_merges",
  "derived_until",
] as const;
const truncate = tables.map((table) => new Sql([`TRUNCATE TABLE ${table}`]));

/** Replaces everything in the store by these people. */
export async function storePeople(eventStore: EventStore, people: readonly Person[]): Promise<void> {
  for (const statement of truncate) await eventStore.command(statement);
  await eventStore.insert(
    "messages",
    people.flatMap((person) => person.messages.map((message) => messageRow(person, message))),
  );
  await deriveAgain(eventStore, sql`1`);
  await eventStore.insert(
    "identities",
    people.map(({ profile, userId, anonymousIds: [anonymousId = ""] }) => ({
      kind: userId === null ? "anonymous" : "user",
      id: userId ?? anonymousId,
      profile,
      known: userId === null ? 0 : 1,
      version: 1,
    })),
  );
  const arrivals = people.flatMap(({ messages }) => messages.map(({ arrival }) => arrival));
  await markDerived(eventStore, Math.max(0, ...arrivals));
}

function messageRow({ profile, userId, anonymousIds: [anonymousId = ""] }: Person, message: HistoryMessage): InsertRow {
  return {
    type: message.type,
    event: message.event,
    profile,
    timestamp: message.timestamp,
    arrival: message.arrival,
    properties: JSON.stringify(message.properties),
    context: "{}",
    message_id: message.messageId,
    user_id: userId ?? "",
    anonymous_id: anonymousId,
    source: "test",
    original_timestamp: message.timestamp,
    sent_at: null,
    received_at: message.timestamp,
    extra: "{}",
  };
}
