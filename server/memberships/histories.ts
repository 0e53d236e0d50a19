import { getHeapStatistics } from "node:v8";
import { LRUCache } from "lru-cache";
import * as z from "zod";
import type { NeededHistory } from "@/core/audience/needed-history";
import type { Person } from "@/core/audience/person";
import { AppError } from "@/core/errors";
import type { HistoryMessage } from "@/core/event/message";
import type { EventStore } from "@/server/event-store/event-store";
import { param, sql } from "@/server/event-store/sql";
import type { Heard, HeardMessage } from "./heard";
import { readStoredMessages } from "./stored-messages";

/** Of whom something was found, by number; whoever is dead or has no message is not in it. */
export interface FoundHistories {
  readonly people: ReadonlyMap<number, Person>;
  /** Those whose history is too long to be held. */
  readonly tooLong: ReadonlySet<number>;
}

/** Messages that are held of people who may be heard of again: some hundred bytes each, so a few hundredths of the heap. */
const mostHeld = Math.floor(getHeapStatistics().heap_size_limit / 3_000);
/** People who are read ahead at a time: each time reads through the events of everybody. */
const aheadAtOnce = 10_000;
const mostAhead = 200_000;

const numberRow = z.strictObject({ profile: z.int() });
const firstRow = z.strictObject({ profile: z.int(), firstAt: z.int() });
const nameRow = z.strictObject({ profile: z.int(), userId: z.string(), anonymousIds: z.array(z.string()) });

/**
 * The histories of people as far as audiences look at them, without messageIds. Those who were heard of lately are held, and what
 * comes in of them is added, for whoever does something soon does something else.
 */
export class Histories {
  readonly #held = new LRUCache<number, Person>({
    maxSize: mostHeld,
    sizeCalculation: sizeOf,
  });
  #needed: NeededHistory | undefined;
  /** Who is to be read ahead, the last of them first; undefined until that was asked. */
  #ahead: number[] | undefined;

  /** What is looked at of everybody. */
  get needed(): NeededHistory {
    if (!this.#needed) throw new Error("Nobody has said what is looked at");
    return this.#needed;
  }

  /** Begins with what is looked at of everybody from now on. */
  begin(needed: NeededHistory): void {
    this.#needed = needed;
    this.clear();
  }

  /** Forgets everybody: something was done to the store that nobody is heard of by. */
  clear(): void {
    this.#held.clear();
    this.#ahead = undefined;
  }

  /** Reads some more of those who did something last, as of an arrival, while there is room for them; for when nothing else is to do. */
  async readAhead(eventStore: EventStore, until: number, signal: AbortSignal): Promise<void> {
    if (!this.#needed) return;
    this.#ahead ??= await lastSeen(eventStore, signal);
    if (this.#ahead.length === 0) return;
    const some = this.#ahead.splice(-aheadAtOnce).filter((profile) => !this.#held.has(profile));
    const { found } = await readWhole(eventStore, some, this.#needed, until, signal);
    for (const [profile, person] of found) {
      if (this.#held.calculatedSize + sizeOf(person) > mostHeld) {
        this.#ahead = [];
        return;
      }
      this.#held.set(profile, person);
    }
  }

  /**
   * The histories as of the arrival `until`, up to which `heard` is all that came in of each person since they were read last. Cut
   * off by an error, it may be asked the same again.
   */
  async read(
    eventStore: EventStore,
    profiles: readonly number[],
    heard: ReadonlyMap<number, readonly HeardMessage[]>,
    until: number,
    signal: AbortSignal,
  ): Promise<FoundHistories> {
    const { needed } = this;
    const people = new Map<number, Person>();
    for (const profile of profiles) {
      const person = this.#held.get(profile);
      if (person) people.set(profile, person);
    }
    for (const [profile, person] of people) people.set(profile, withHeard(person, heard.get(profile) ?? []));
    const unknown = profiles.filter((profile) => !people.has(profile));
    const { found, tooLong } = await readWhole(eventStore, unknown, needed, until, signal);
    for (const [profile, person] of found) people.set(profile, person);
    for (const [profile, person] of people) this.#held.set(profile, person);
    return { people, tooLong };
  }

  /** Lets go of people who are others now, before any history is read. */
  forgetChanged({ identified, gone }: Heard): void {
    for (const profile of identified) this.#held.delete(profile);
    for (const profile of gone.keys()) this.#held.delete(profile);
  }

  /** Lets go of those who were heard of and not read: what came in of them has not been added. */
  forgetUnread({ messages }: Heard, read: { has(profile: number): boolean }): void {
    for (const { profile } of messages) if (!read.has(profile)) this.#held.delete(profile);
  }
}

function sizeOf({ messages }: Person): number {
  return messages.length + 5;
}

/** Whoever did something last comes last. */
async function lastSeen(eventStore: EventStore, signal: AbortSignal): Promise<number[]> {
  const rows = await eventStore.query(
    sql`SELECT profile FROM profile_activity GROUP BY profile ORDER BY max(last_at) DESC LIMIT ${param.uint32(mostAhead)}`,
    numberRow,
    { signal },
  );
  return rows.map(({ profile }) => profile).reverse();
}

/** Reads people of whom nothing is held, in as many reads as their length asks for. */
async function readWhole(
  eventStore: EventStore,
  profiles: readonly number[],
  needed: NeededHistory,
  until: number,
  signal: AbortSignal,
): Promise<{ found: Map<number, Person>; tooLong: Set<number> }> {
  if (profiles.length === 0) return { found: new Map(), tooLong: new Set() };
  try {
    return { found: await readPeople(eventStore, profiles, needed, until, signal), tooLong: new Set() };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "too_large") throw error;
    if (profiles.length === 1) return { found: new Map(), tooLong: new Set(profiles) };
    const half = profiles.length >> 1;
    const read = (some: readonly number[]) => readWhole(eventStore, some, needed, until, signal);
    const [one, other] = [await read(profiles.slice(0, half)), await read(profiles.slice(half))];
    return {
      found: new Map([...one.found, ...other.found]),
      tooLong: new Set([...one.tooLong, ...other.tooLong]),
    };
  }
}

async function readPeople(
  eventStore: EventStore,
  profiles: readonly number[],
  needed: NeededHistory,
  until: number,
  signal: AbortSignal,
): Promise<Map<number, Person>> {
  const numbers = param.uint32s(profiles);
  const [dead, firsts, names, messages] = await Promise.all([
    eventStore.query(sql`SELECT DISTINCT profile FROM profile_merges WHERE profile IN ${numbers}`, numberRow, {
      signal,
    }),
    eventStore.query(
      sql`SELECT profile, toUnixTimestamp64Milli(min(first_at)) AS firstAt FROM profile_activity
        WHERE profile IN ${numbers} GROUP BY profile`,
      firstRow,
      { signal },
    ),
    eventStore.query(
      sql`SELECT profile, argMinIf(id, rank, kind = 'user') AS userId,
          arraySort(groupUniqArrayIf(id, kind = 'anonymous')) AS anonymousIds
        FROM profile_identities WHERE profile IN ${numbers} GROUP BY profile`,
      nameRow,
      { signal },
    ),
    readStoredMessages(eventStore, profiles, needed, until, signal),
  ]);
  const gone = new Set(dead.map(({ profile }) => profile));
  const named = new Map(names.map((name) => [name.profile, name]));
  return new Map(
    firsts.flatMap(({ profile, firstAt }) => {
      if (gone.has(profile)) return [];
      const { userId = "", anonymousIds = [] } = named.get(profile) ?? {};
      const own = (messages.get(profile) ?? []).sort(byOrder);
      return [
        [profile, { userId: userId === "" ? null : userId, anonymousIds, messages: [firstMessage(firstAt), ...own] }],
      ];
    }),
  );
}

/** Stands for the person's first message, whatever it was: no condition looks at a group. */
function firstMessage(timestamp: number): HistoryMessage {
  return { messageId: "", type: "group", event: "", timestamp, arrival: -1, properties: {}, context: {} };
}

function byOrder(one: HistoryMessage, other: HistoryMessage): number {
  return one.timestamp - other.timestamp || one.arrival - other.arrival;
}

function withHeard(person: Person, heard: readonly HeardMessage[]): Person {
  if (heard.length === 0) return person;
  const [first, ...own] = person.messages;
  const isKnown = (news: HistoryMessage) => own.some(({ arrival }) => arrival === news.arrival);
  const news = heard.flatMap(({ looked }) => (looked === null || isKnown(looked) ? [] : [looked]));
  const firstAt = heard.reduce((least, { timestamp }) => Math.min(least, timestamp), first?.timestamp ?? Infinity);
  return { ...person, messages: [firstMessage(firstAt), ...[...own, ...news].sort(byOrder)] };
}
