import * as z from "zod";
import type { NeededHistory } from "@/core/audience/needed-history";
import type { Person } from "@/core/audience/person";
import { AppError } from "@/core/errors";
import { parseJsonObject } from "@/core/event/json";
import { eventTypes, type HistoryMessage, type JsonObject, messageTypes } from "@/core/event/message";
import { Pace } from "@/server/audiences/event-lists/pace";
import type { EventStore } from "@/server/event-store/event-store";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { readPeople } from "./people";
import { profileId } from "./profile-id";

export interface HistoryOptions {
  /** Most messages that are held: a million unless told, some 300 MB of memory while they are. */
  most?: number;
  signal?: AbortSignal | undefined;
}

export const mostMessages = 1_000_000;

const activityRow = z.strictObject({ profile: z.int(), firstAt: z.int() });

export type NumberedPerson = Person & { profile: number };

/**
 * The histories of live numbers, messages dated after `now` among them, as far as a definition looks at them: events of its names,
 * with none but the keys that it asks of them, and changes of its traits. A person's first message is in it in any case,
 * though perhaps without its contents; a number without a message is left out. Errors: `too_large`.
 */
export async function readHistories(
  eventStore: EventStore,
  profiles: readonly number[],
  now: number,
  needed: NeededHistory,
  { most = mostMessages, signal }: HistoryOptions,
): Promise<NumberedPerson[]> {
  const numbers = param.uint32s(profiles);
  const [people, activity, messages] = await Promise.all([
    readPeople(eventStore, profiles, now, { traits: [] }),
    eventStore.query(
      sql`SELECT profile, toUnixTimestamp64Milli(min(first_at)) AS firstAt FROM profile_activity
      WHERE profile IN ${numbers} GROUP BY profile`,
      activityRow,
      { signal },
    ),
    readMessages(eventStore, selections(sql`profile IN ${numbers}`, now, needed), needed, { most, signal }),
  ]);
  const names = new Map(people.map((person) => [person.id, person]));
  return activity.map(({ profile, firstAt }) => ({
    profile,
    userId: names.get(profileId(profile))?.userId ?? null,
    anonymousIds: names.get(profileId(profile))?.anonymousIds ?? [],
    messages: [firstMessage(firstAt), ...(messages.get(profile) ?? [])],
  }));
}

/** Stands for the person's first message, whatever it was: no condition looks at a group. */
function firstMessage(timestamp: number): HistoryMessage {
  return { messageId: "", type: "group", event: "", timestamp, arrival: -1, properties: {}, context: {} };
}

/** Conditions on messages, each of one way in which they matter. */
function selections(own: Sql, now: number, { events, traitKeys, bounds }: NeededHistory): Sql[] {
  const named = [...events].flatMap(([type, names]) => {
    if (names === null) return [sql`${own} AND type = ${param.string(type)}`];
    if (names.size === 0) return [];
    return [sql`${own} AND type = ${param.string(type)} AND event IN ${param.strings([...names])}`];
  });
  const traits =
    traitKeys.size === 0
      ? []
      : [sql`${own} AND type = 'identify' AND hasAny(JSONExtractKeys(properties), ${param.strings([...traitKeys])})`];
  return [...named, ...traits, ...(bounds ? boundSelections(own, now) : [])];
}

/** Of each person the first event, the last one so far, and those still to come. */
function boundSelections(own: Sql, now: number): Sql[] {
  const events = sql`${own} AND type IN ${param.strings(eventTypes)}`;
  const bound = sql`(profile, timestamp, arrival)`;
  const until = sql`timestamp <= ${param.moment(now)}`;
  return [
    sql`${events} AND ${bound} IN (SELECT min(${bound}) FROM messages WHERE ${events} GROUP BY profile)`,
    sql`${events} AND ${bound} IN (SELECT max(${bound}) FROM messages WHERE ${events} AND ${until} GROUP BY profile)`,
    sql`${events} AND NOT ${until}`,
  ];
}

/** Of each person in Order, each message once though it may matter in several ways. */
async function readMessages(
  eventStore: EventStore,
  ways: readonly Sql[],
  { propertyKeys, contextKeys, traitKeys }: NeededHistory,
  { most, signal }: HistoryOptions & { most: number },
): Promise<Map<number, HistoryMessage[]>> {
  const found = new Map<number, { profile: number; message: HistoryMessage }>();
  const names = new Map<string, string>();
  const properties = sql`if(type = 'identify', ${keysKept(sql`properties`, traitKeys)}, ${keysKept(sql`properties`, propertyKeys)})`;
  const pace = new Pace(signal);
  for (const way of ways) {
    const stream = eventStore.blockStream(
      sql`SELECT profile, message_id AS id, toUInt8(indexOf(${param.strings(messageTypes)}, CAST(type, 'String')) - 1) AS kind, CAST(event, 'String') AS name,
        toFloat64(toUnixTimestamp64Milli(timestamp)) AS time, toFloat64(arrival) AS place, ${properties} AS set,
        ${keysKept(sql`context`, contextKeys)} AS around
      FROM messages WHERE ${way} LIMIT ${param.uint32(most + 1)}`,
      { signal },
    );
    for await (const blocks of stream) {
      for (const block of blocks) {
        const [ids, kinds, events] = [block.texts("id"), block.view("kind", "UInt8"), block.texts("name")];
        const profiles = block.view("profile", "UInt32");
        const [times, places] = [block.view("time", "Float64"), block.view("place", "Float64")];
        const [sets, arounds] = [block.texts("set"), block.texts("around")];
        for (let row = 0; row < block.rows; row += 1) {
          if ((row & 1023) === 0) await pace.rest();
          const event = events.at(row);
          const name = names.get(event) ?? event;
          names.set(name, name);
          const arrival = places.getFloat64(row * 8, true);
          const message: HistoryMessage = {
            messageId: ids.at(row),
            type: messageTypes[kinds.getUint8(row)] ?? "group",
            event: name,
            timestamp: times.getFloat64(row * 8, true),
            arrival,
            properties: objectOf(sets.at(row)),
            context: objectOf(arounds.at(row)),
          };
          found.set(arrival, { profile: profiles.getUint32(row * 4, true), message });
        }
      }
      if (found.size > most) throw tooMany(most);
    }
  }
  return byPerson([...found.values()]);
}

function byPerson(found: { profile: number; message: HistoryMessage }[]): Map<number, HistoryMessage[]> {
  const people = new Map<number, HistoryMessage[]>();
  for (const { profile, message } of found.sort(
    ({ message: one }, { message: other }) => one.timestamp - other.timestamp || one.arrival - other.arrival,
  )) {
    const own = people.get(profile);
    if (own) own.push(message);
    else people.set(profile, [message]);
  }
  return people;
}

/** The text of a JSON object with these keys of another alone. */
export function keysKept(object: Sql, keys: ReadonlySet<string>): Sql {
  if (keys.size === 0) return sql`'{}'`;
  const pairs = sql`arrayFilter(kv -> has(${param.strings([...keys])}, kv.1), JSONExtractKeysAndValuesRaw(${object}))`;
  return sql`concat('{', arrayStringConcat(arrayMap(kv -> concat(toJSONString(kv.1), ':', kv.2), ${pairs}), ','), '}')`;
}

const nothing: JsonObject = {};

export function objectOf(text: string): JsonObject {
  return text === "{}" ? nothing : parseJsonObject(text);
}

export function tooMany(most: number): AppError {
  return new AppError(
    "too_large",
    `There are more than ${most.toLocaleString("en-US")} messages that the definition looks at for this person. Name the events that it is about.`,
    "definition",
  );
}
