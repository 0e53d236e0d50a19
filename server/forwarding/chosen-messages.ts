import * as z from "zod";
import { chosenFields, type ForwardingChoices } from "../../core/destinations/forwarding";
import type { IdentifierKind } from "../../core/destinations/tool";
import { parseJsonObject } from "../../core/event/json";
import { type MessageType, messageTypes } from "../../core/event/message";
import type { ForwardedEvent } from "../destinations/destination";
import type { EventStore } from "../event-store/event-store";
import { join, param, type Sql, sql } from "../event-store/sql";
import { readPeople } from "../profiles/people";
import type { LoggedItem, Planned } from "../syncs/delivery-log";
import { identifierOf } from "../syncs/plan-items";

const messageRow = z.strictObject({
  arrival: z.int(),
  profile: z.int(),
  kind: z.enum(messageTypes),
  name: z.string(),
  time: z.int(),
  messageId: z.string(),
  userId: z.string(),
  anonymousId: z.string(),
  given: z.string(),
  around: z.string(),
});
export type ChosenMessage = z.infer<typeof messageRow>;

/** A message that is sent on, or that is not as its person has no name that the tool knows. */
export interface EventItem extends LoggedItem {
  readonly change: "event";
  readonly forwarded: ForwardedEvent;
}

/** Parts of ten thousand, so that a hundredth of a percent can be chosen. */
const parts = 10_000;
const named: readonly MessageType[] = ["track", "page", "screen"];

/** Whether a message of the table is chosen, as far as the store can tell: all but the audience. */
export function whichMessages(choices: ForwardingChoices, destinationId: string): Sql {
  const { types, events, samplePercent, newerThanHours } = choices;
  const which = [sql`type IN ${param.strings(types)}`, sql`profile NOT IN (SELECT profile FROM profile_merges)`];
  if (events !== null) which.push(sql`(type NOT IN ${param.strings(named)} OR event IN ${param.strings(events)})`);
  if (newerThanHours !== null) {
    const longest = param.int64(Math.round(newerThanHours * 3_600_000));
    which.push(sql`toUnixTimestamp64Milli(received_at) - toUnixTimestamp64Milli(timestamp) < ${longest}`);
  }
  if (samplePercent < 100) {
    const most = param.uint64(Math.max(1, Math.round((samplePercent * parts) / 100)));
    const place = sql`cityHash64(concat(${param.string(destinationId)}, ' ', toString(profile))) % ${param.uint64(parts)}`;
    which.push(sql`${place} < ${most}`);
  }
  return join(which, sql` AND `);
}

/** Messages that fit, each once and under the number of the person whose it is now. */
export function messagesWhere(
  eventStore: EventStore,
  which: Sql,
  { limit, latestFirst = false, signal }: { limit: number; latestFirst?: boolean; signal: AbortSignal },
): Promise<ChosenMessage[]> {
  return eventStore.query(
    sql`SELECT arrival, profile, toString(type) AS kind, toString(event) AS name, toUnixTimestamp64Milli(timestamp) AS time,
        message_id AS messageId, user_id AS userId, anonymous_id AS anonymousId, properties AS given, context AS around
      FROM messages WHERE ${which} ORDER BY arrival ${latestFirst ? sql`DESC` : sql`ASC`}
      LIMIT 1 BY arrival LIMIT ${param.uint32(limit)}`,
    messageRow,
    { signal },
  );
}

/** What is sent of each message, in their order. An item without a name of its person has an empty identifier. */
export async function itemsOf(
  eventStore: EventStore,
  messages: readonly ChosenMessage[],
  { identifier: kind, fields, now }: { identifier: IdentifierKind; fields: ForwardingChoices["fields"]; now: number },
): Promise<Planned<EventItem>[]> {
  const profiles = [...new Set(messages.map(({ profile }) => profile))].sort((one, other) => one - other);
  const people = await readPeople(eventStore, profiles, now, { traits: [] });
  const personOf = new Map(people.map((person) => [Number(person.id.slice(1)), person]));
  return messages.map(({ profile, kind: type, name: event, time, messageId, userId, anonymousId, given, around }) => {
    const person = personOf.get(profile);
    const identifier = { kind, value: identifierOf(person, kind) ?? "" };
    const timestamp = new Date(time).toISOString();
    const { properties, context } = chosenFields(
      { properties: parseJsonObject(given), context: parseJsonObject(around) },
      fields,
    );
    const forwarded: ForwardedEvent = {
      key: messageId,
      type,
      event,
      timestamp,
      userId: userId || (person?.userId ?? null),
      anonymousId: anonymousId || null,
      identifier,
      properties,
      context,
    };
    return {
      profile,
      item: { key: messageId, change: "event", at: timestamp, identifier, fields: { type, event }, forwarded },
    };
  });
}
