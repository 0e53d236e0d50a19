import type { SequenceNode } from "@/core/audience/definition";
import { listedSequence, sequenceMatches } from "@/core/audience/listed-sequence";
import type { Moment } from "@/core/audience/operators";
import { windowBounds } from "@/core/audience/window";
import { estimatedRows } from "@/server/audiences/event-lists/estimated-rows";
import { eventMemoryOf } from "@/server/audiences/event-lists/event-memory";
import { HeldEvents } from "@/server/audiences/event-lists/held-events";
import type { HeldList } from "@/server/audiences/event-lists/held-list";
import { latestMessage } from "@/server/audiences/event-lists/latest-message";
import { ListReader } from "@/server/audiences/event-lists/list-reader";
import { ListedRows } from "@/server/audiences/event-lists/listed-rows";
import { Pace } from "@/server/audiences/event-lists/pace";
import { readAhead } from "@/server/audiences/event-lists/read-ahead";
import { anyOf, isAmong, tellingNames } from "@/server/audiences/event-lists/rows";
import { spansOf } from "@/server/audiences/event-lists/spans";
import { stretchesOf } from "@/server/audiences/event-lists/stretches";
import { bitmapTextOf } from "@/server/event-store/bitmap";
import { PeopleBits } from "@/server/event-store/people-bits";
import type { QueryOptions } from "@/server/event-store/query-options";
import { type BlockReader, join, sql } from "@/server/event-store/sql";
import { beginPiece, type TellDone, walkWeight } from "@/server/progress/progress";
import { eventPredicate } from "./event";
import type { Sample } from "./sample";
import { existsPredicate, windowPredicate } from "./window";

/** About so many events are held in memory for each part of the people. */
const eventsAtATime = 3_000_000;
/** Parts that are read at a time. */
const readAtOnce = 3;
/** Where fewer than this share of all numbers are able, the others' events are left out by the engine. */
const few = 0.5;

/**
 * The people for whom a sequence that `hasListedMatches` holds, of those who are able: who did each of its steps at some time.
 * The engine reads the events, person by person; what they mean is found in this process.
 */
export async function peopleWithListedSequence(
  store: BlockReader,
  node: SequenceNode,
  able: PeopleBits,
  moment: Looked,
  options: QueryOptions,
): Promise<PeopleBits> {
  const tellDone = beginPiece(walkWeight);
  const pace = new Pace(options.signal);
  const memory = eventMemoryOf(store);
  const held = await memory.lists(store, sequenceMatches(node), options);
  const told = held
    ? await walkHeld(held, node, able, moment, { pace, tellDone })
    : await walk(store, node, able, moment, { ...options, arrivals: false, pace, tellDone });
  // Where most events are looked at, the next one who asks finds them in memory.
  if (!held && moment.sample === undefined && able.count >= few * able.end)
    memory.prepare(store, sequenceMatches(node));
  if (told.tied.length === 0) return PeopleBits.ofNumbers(told.people);
  const tied = PeopleBits.ofNumbers(told.tied);
  const rest = await walk(store, node, tied, moment, {
    ...options,
    arrivals: true,
    pace,
    tellDone: beginPiece(walkWeight * (told.tied.length / Math.max(1, able.count))),
  });
  return PeopleBits.ofNumbers([...told.people, ...rest.people]);
}

/** When, and at which people where not at all. */
type Looked = Moment & { sample?: Sample | undefined };

interface Told {
  people: number[];
  /** Those of whom the order of arrival decides. */
  tied: number[];
}

async function walkHeld(
  held: readonly HeldList[],
  node: SequenceNode,
  able: PeopleBits,
  moment: Moment,
  { pace, tellDone }: { pace: Pace; tellDone: TellDone },
): Promise<Told> {
  if (node.window?.kind === "after") throw new Error("A window of each person's own has no bounds");
  const events = new HeldEvents(held, moment.now, windowBounds(node.window, moment));
  const holdsFor = listedSequence(node, moment.now);
  const told: Told = { people: [], tied: [] };
  for (const { from, to } of stretchesOf([{ from: 0, to: able.end }])) {
    await pace.rest();
    tellDone(from / able.end);
    goThrough(from, to, able, (profile) => holdsFor(events.of(profile)), told);
  }
  tellDone(1);
  return told;
}

function goThrough(
  from: number,
  to: number,
  able: PeopleBits,
  holdsOf: (profile: number) => boolean | undefined,
  told: Told,
): void {
  for (let profile = from; profile < to; profile += 1) {
    if (!able.has(profile)) continue;
    const holds = holdsOf(profile);
    if (holds === undefined) told.tied.push(profile);
    else if (holds) told.people.push(profile);
  }
}

async function walk(
  store: BlockReader,
  node: SequenceNode,
  able: PeopleBits,
  moment: Looked,
  { arrivals, pace, tellDone, ...options }: QueryOptions & { arrivals: boolean; pace: Pace; tellDone: TellDone },
): Promise<Told> {
  const matches = sequenceMatches(node);
  const { sample = { of: 1, end: able.end } } = moment;
  const among = able.count < (few * sample.end) / sample.of ? [isAmong(bitmapTextOf(able))] : [];
  const predicates = matches.map((match, index) => {
    const matched = eventPredicate(match, moment);
    return index === 0 && node.window ? sql`(${matched} AND ${windowPredicate(node.window, moment)})` : matched;
  });
  const exists = (await latestMessage(store, options)) > moment.now ? [existsPredicate(moment)] : [];
  const asked = {
    matches: predicates,
    names: node.window ? undefined : tellingNames(matches),
    wanted: join([anyOf(matches), ...exists, ...among], sql` AND `),
    someFitNone: node.window !== undefined || matches.some(({ where = [] }) => where.length > 0),
    arrivals,
  };
  const lists = new ListReader(store, options, pace);
  const holdsFor = listedSequence(node, moment.now);
  const told: Told = { people: [], tied: [] };
  const events = await estimatedRows(store, anyOf(matches), options);
  const parts = spansOf({ end: sample.end, events }, { after: null, sample: sample.of, atATime: eventsAtATime });
  for await (const { part, read: runs } of readAhead(parts, readAtOnce, (spans) => lists.runs({ ...asked, spans }))) {
    const rows = new ListedRows(runs, matches.length, arrivals);
    for (const { from, to } of stretchesOf(part)) {
      await pace.rest();
      tellDone(from / able.end);
      rows.open(from, to, (person) => able.has(from + person));
      goThrough(from, to, able, (profile) => holdsFor(rows.of(profile - from)), told);
    }
  }
  tellDone(1);
  return told;
}
