import type { NeededHistory } from "@/core/audience/needed-history";
import { parseJsonObject } from "@/core/event/json";
import { eventTypes, type HistoryMessage, type JsonObject, messageTypes } from "@/core/event/message";
import { Pace } from "@/server/audiences/event-lists/pace";
import type { EventStore } from "@/server/event-store/event-store";
import type { NativeBlock } from "@/server/event-store/native";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { keysKept, mostMessages, tooMany } from "@/server/profiles/needed-history";

/** Of each person the messages that a definition looks at, in no order. Most of them have no contents that anybody asks for. */
export type MessagesByPerson = Map<number, HistoryMessage[]>;

/**
 * The messages of many people that came in up to an arrival, as far as definitions look at them, without their messageIds: names and times alone where nobody
 * asks what else is in an event, for reading contents costs most. Errors: `too_large` past a million messages.
 */
export async function readStoredMessages(
  eventStore: EventStore,
  profiles: readonly number[],
  needed: NeededHistory,
  until: number,
  signal: AbortSignal,
): Promise<MessagesByPerson> {
  const own = sql`profile IN ${param.uint32s(profiles)} AND arrival <= ${param.uint64(until)}`;
  const answers = await Promise.all(
    waysOf(needed).map(({ which, set, around }) =>
      eventStore.blocks(
        sql`SELECT profile, toUInt8(indexOf(${param.strings(messageTypes)}, CAST(type, 'String')) - 1) AS kind, CAST(event, 'String') AS name,
            toFloat64(toUnixTimestamp64Milli(timestamp)) AS time, toFloat64(arrival) AS place, ${set} AS set, ${around} AS around
          FROM messages WHERE ${own} AND ${which} LIMIT ${param.uint32(mostMessages + 1)}`,
        { signal },
      ),
    ),
  );
  const blocks = answers.flat();
  if (blocks.reduce((sum, { rows }) => sum + rows, 0) > mostMessages) throw tooMany(mostMessages);
  const found: MessagesByPerson = new Map();
  const pace = new Pace(signal);
  for (const block of blocks) await addMessages(found, block, pace);
  return found;
}

interface Way {
  readonly which: Sql;
  readonly set: Sql;
  readonly around: Sql;
}

const nothing = sql`'{}'`;

/** No message is in two of them. */
function waysOf({ events, contentsOf, propertyKeys, contextKeys, traitKeys }: NeededHistory): Way[] {
  const ofEvents = eventTypes.flatMap((type): Way[] => {
    const ofType = (names: Sql) => sql`type = ${param.string(type)} AND ${names}`;
    const asked = events.get(type) ?? null;
    const isFull = (name: string) => contentsOf === null || contentsOf.has(name);
    const full = { set: keysKept(sql`properties`, propertyKeys), around: keysKept(sql`context`, contextKeys) };
    const plain = { set: nothing, around: nothing };
    if (asked === null && contentsOf === null) return [{ which: ofType(sql`1`), ...full }];
    const some = (names: readonly string[], contents: typeof full): Way[] =>
      names.length === 0 ? [] : [{ which: ofType(sql`event IN ${param.strings(names)}`), ...contents }];
    if (asked !== null) {
      const [named, others] = [[...asked].filter(isFull), [...asked].filter((name) => !isFull(name))];
      return [...some(named, full), ...some(others, plain)];
    }
    const named = [...(contentsOf ?? [])];
    if (named.length === 0) return [{ which: ofType(sql`1`), ...plain }];
    return [...some(named, full), { which: ofType(sql`event NOT IN ${param.strings(named)}`), ...plain }];
  });
  if (traitKeys.size === 0) return ofEvents;
  const which = sql`type = 'identify' AND hasAny(JSONExtractKeys(properties), ${param.strings([...traitKeys])})`;
  return [...ofEvents, { which, set: keysKept(sql`properties`, traitKeys), around: nothing }];
}

const noContents: JsonObject = {};

function contentsAt(column: ReturnType<NativeBlock["texts"]>, row: number): JsonObject {
  return column.sizeAt(row) <= 2 ? noContents : parseJsonObject(column.at(row));
}

async function addMessages(found: MessagesByPerson, block: NativeBlock, pace: Pace): Promise<void> {
  const [kinds, events] = [block.bytes("kind", "UInt8"), block.texts("name")];
  const profiles = block.view("profile", "UInt32");
  const [times, places] = [block.view("time", "Float64"), block.view("place", "Float64")];
  const [sets, arounds] = [block.texts("set"), block.texts("around")];
  let event = "";
  for (let row = 0; row < block.rows; row += 1) {
    if ((row & 1023) === 0) await pace.rest();
    // The store is sorted by name.
    if (!events.isAsBefore(row)) event = events.at(row);
    const profile = profiles.getUint32(row * 4, true);
    const message: HistoryMessage = {
      messageId: "",
      type: messageTypes[kinds[row] ?? 0] ?? "group",
      event,
      timestamp: times.getFloat64(row * 8, true),
      arrival: places.getFloat64(row * 8, true),
      properties: contentsAt(sets, row),
      context: contentsAt(arounds, row),
    };
    const own = found.get(profile);
    if (own) own.push(message);
    else found.set(profile, [message]);
  }
}
