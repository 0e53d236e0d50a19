import type { SequenceNode } from "@/core/audience/definition";
import { listedSequence, sequenceMatches } from "@/core/audience/listed-sequence";
import type { Moment } from "@/core/audience/operators";
import { estimatedRows } from "@/server/audiences/event-lists/estimated-rows";
import type { Run } from "@/server/audiences/event-lists/event-runs";
import { latestMessage } from "@/server/audiences/event-lists/latest-message";
import { ListReader } from "@/server/audiences/event-lists/list-reader";
import { ListedRows } from "@/server/audiences/event-lists/listed-rows";
import { Pace } from "@/server/audiences/event-lists/pace";
import { anyOf, isAmong, tellingNames } from "@/server/audiences/event-lists/rows";
import { spansOf } from "@/server/audiences/event-lists/spans";
import { stretchesOf } from "@/server/audiences/event-lists/stretches";
import { bitmapTextOf } from "@/server/event-store/bitmap";
import { PeopleBits } from "@/server/event-store/people-bits";
import type { QueryOptions } from "@/server/event-store/query-options";
import { type BlockReader, join, sql } from "@/server/event-store/sql";
import { beginPiece, type TellDone, walkWeight } from "@/server/progress/progress";
import { eventPredicate } from "./event";
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
  moment: Moment,
  options: QueryOptions,
): Promise<PeopleBits> {
  const tellDone = beginPiece(walkWeight);
  const told = await walk(store, node, able, moment, { ...options, arrivals: false, tellDone });
  if (told.tied.length === 0) return PeopleBits.ofNumbers(told.people);
  const tied = PeopleBits.ofNumbers(told.tied);
  const rest = await walk(store, node, tied, moment, {
    ...options,
    arrivals: true,
    tellDone: beginPiece(walkWeight * (told.tied.length / Math.max(1, able.count))),
  });
  return PeopleBits.ofNumbers([...told.people, ...rest.people]);
}

async function walk(
  store: BlockReader,
  node: SequenceNode,
  able: PeopleBits,
  moment: Moment,
  { arrivals, tellDone, ...options }: QueryOptions & { arrivals: boolean; tellDone: TellDone },
): Promise<{ people: number[]; tied: number[] }> {
  const matches = sequenceMatches(node);
  const among = able.count < few * able.end ? [isAmong(bitmapTextOf(able))] : [];
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
  const pace = new Pace(options.signal);
  const lists = new ListReader(store, options, pace);
  const holdsFor = listedSequence(node, moment.now);
  const people: number[] = [];
  const tied: number[] = [];
  const events = await estimatedRows(store, anyOf(matches), options);
  const parts = spansOf({ end: able.end, events }, { after: null, atATime: eventsAtATime });
  const reading: Promise<Run[]>[] = [];
  for (const [index, part] of parts.entries()) {
    for (const spans of parts.slice(reading.length, index + readAtOnce)) {
      const runs = lists.runs({ ...asked, spans });
      // What fails while another part is gone through is told when it is waited for.
      runs.catch(() => undefined);
      reading.push(runs);
    }
    const rows = new ListedRows((await reading[index]) ?? [], matches.length, arrivals);
    delete reading[index];
    for (const { from, to } of stretchesOf(part)) {
      await pace.rest();
      tellDone(from / able.end);
      rows.open(from, to, (person) => able.has(from + person));
      for (let profile = from; profile < to; profile += 1) {
        if (!able.has(profile)) continue;
        const holds = holdsFor(rows, (profile - from) * matches.length);
        if (holds === undefined) tied.push(profile);
        else if (holds) people.push(profile);
      }
    }
  }
  tellDone(1);
  return { people, tied };
}
