import * as z from "zod";
import { dayOf } from "@/core/audience/calendar";
import type { ChangeFacts, ReasonMessage } from "@/core/audience/describe/change-reason";
import type { TimeEdge } from "@/core/audience/time-edges";
import { parseJsonObject } from "@/core/event/json";
import type { EventStore } from "@/server/event-store/event-store";
import { param, sql } from "@/server/event-store/sql";
import type { MeaningThen } from "./meanings";
import type { RecordedChange } from "./read-changes";
import { type FoundMessage, readLookedAt, readOfMoments } from "./reason-messages";

/** A change with the number that the person has now, and what the audience meant. */
export interface ChangeToExplain {
  readonly change: Pick<RecordedChange, "profile" | "at" | "cause" | "messageId">;
  /** 0 for somebody who was deleted. */
  readonly live: number;
  readonly meaning: MeaningThen;
}

/** What is known of why each of these changes came about. */
export async function changeFacts(
  eventStore: EventStore,
  changes: readonly ChangeToExplain[],
  timeZone: string,
): Promise<ChangeFacts[]> {
  const [found, firsts] = await Promise.all([readMessages(eventStore, changes), readFirsts(eventStore, changes)]);
  return changes.map((one): ChangeFacts => {
    const { change, live, meaning } = one;
    const own = found.filter(({ profile }) => profile === live);
    const passed = change.cause === "moment" ? passedOf(one, own, firsts.get(live)) : undefined;
    const message = passed ? passed.message : own.find(({ messageId }) => messageId === change.messageId);
    return {
      cause: change.cause,
      message: message && reasonMessage(message, passed?.keys ?? meaning.traitKeys),
      passedMs: passed?.afterMs,
      isMidnight: dayOf(change.at - 1, timeZone) !== dayOf(change.at, timeZone),
      savedVersion: meaning.savedVersion,
      isJoined: live !== 0 && live !== change.profile,
    };
  });
}

function reasonMessage({ type, event, set }: FoundMessage, keys: ReadonlySet<string>): ReasonMessage {
  const traits = Object.entries(parseJsonObject(set)).flatMap(([trait, value]) =>
    keys.has(trait) ? [{ trait, value }] : [],
  );
  return { type, event, traits };
}

type Timed = Extract<TimeEdge, { afterMs: number }>;

function timedEdges({ change, meaning }: ChangeToExplain): Timed[] {
  if (change.cause !== "moment") return [];
  return meaning.edges.flatMap((edge) => ("afterMs" in edge && edge.afterMs > 0 ? [edge] : []));
}

/** A change by time alone stands at an edge of some message, or in the millisecond after. */
function momentsBefore({ change }: ChangeToExplain, { afterMs }: Timed): number[] {
  return [change.at - afterMs, change.at - afterMs - 1];
}

interface Passed {
  readonly afterMs: number;
  /** Undefined for the person's first message, whatever it was. */
  readonly message: FoundMessage | undefined;
  readonly keys: ReadonlySet<string>;
}

function passedOf(one: ChangeToExplain, own: readonly FoundMessage[], first: number | undefined): Passed | undefined {
  for (const edge of timedEdges(one)) {
    const moments = momentsBefore(one, edge);
    const { afterMs } = edge;
    if (edge.of === "first-message") {
      if (first !== undefined && moments.includes(first)) return { afterMs, message: undefined, keys: new Set() };
      continue;
    }
    const message = own.find((each) => moments.includes(each.time) && isOf(each, edge));
    if (message) return { afterMs, message, keys: new Set(edge.of === "trait" ? edge.keys : []) };
  }
  return undefined;
}

function isOf(message: FoundMessage, edge: Exclude<Timed, { of: "first-message" }>): boolean {
  if (edge.of === "event") {
    return edge.types.includes(message.type) && (edge.event === null || edge.event === message.event);
  }
  const set = parseJsonObject(message.set);
  return message.type === "identify" && edge.keys.some((key) => Object.hasOwn(set, key));
}

const idOf = ({ profile, messageId }: { profile: number; messageId: string | null }) => `${profile} ${messageId}`;

/** Any message that the audience does not look at, such as a newcomer's first, is of the very moment of the change. */
async function readMessages(eventStore: EventStore, changes: readonly ChangeToExplain[]): Promise<FoundMessage[]> {
  const found = await readLookedAt(eventStore, wantedOf(changes), [...new Set(changes.map(({ meaning }) => meaning))]);
  const known = new Set(found.map(idOf));
  const others = changes.filter(
    ({ change, live }) =>
      live !== 0 && change.messageId !== null && !known.has(idOf({ profile: live, messageId: change.messageId })),
  );
  const moments = others.map(({ change }) => change.at);
  return [...found, ...(await readOfMoments(eventStore, { ...wantedOf(others), moments }))];
}

function wantedOf(changes: readonly ChangeToExplain[]) {
  return {
    profiles: livesOf(changes),
    ids: changes.flatMap(({ change }) => change.messageId ?? []),
    moments: [...new Set(changes.flatMap((one) => timedEdges(one).flatMap((edge) => momentsBefore(one, edge))))],
  };
}

function livesOf(changes: readonly ChangeToExplain[]): number[] {
  return [...new Set(changes.flatMap(({ live }) => (live === 0 ? [] : [live])))];
}

const firstRow = z.strictObject({ profile: z.int(), first: z.int() });

/** When the first message of each was, of those who may have waited since then. */
async function readFirsts(
  eventStore: EventStore,
  changes: readonly ChangeToExplain[],
): Promise<ReadonlyMap<number, number>> {
  const waited = changes.filter((one) => timedEdges(one).some(({ of }) => of === "first-message"));
  if (waited.length === 0) return new Map();
  const rows = await eventStore.query(
    sql`SELECT profile, toUnixTimestamp64Milli(min(first_at)) AS first FROM profile_activity
      WHERE profile IN ${param.uint32s(livesOf(waited))} GROUP BY profile`,
    firstRow,
  );
  return new Map(rows.map(({ profile, first }) => [profile, first]));
}
