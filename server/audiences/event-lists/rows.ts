import type { EventMatch } from "@/core/audience/definition";
import { matchedTypes } from "@/core/audience/match-event";
import { bitsOfTime } from "@/core/funnel/packed-events";
import { bitmapFromText } from "@/server/event-store/bitmap";
import { join, param, type Sql, sql } from "@/server/event-store/sql";
import type { Span } from "./spans";

/** Columns of `messages`. A moment (milliseconds since the epoch) and an arrival are whole numbers of less than 53 bits. */
export const timeColumn = sql`toFloat64(toUnixTimestamp64Milli(timestamp)) AS time`;
export const arrivalColumn = sql`toFloat64(arrival) AS arrival`;

/**
 * One thread reads month by month, so that the events of each person and name arrive in Order, but for parts not yet merged; in
 * blocks that are large enough to be handed over at little cost.
 */
export const inStoredOrder = { max_threads: 1, max_block_size: 262_144 };

const noList = 255;

/** Events that each fit one of some conditions at most, of the people in some spans. */
export interface ListedEventsAsked {
  spans: readonly Span[];
  matches: readonly Sql[];
  /** The names that tell these conditions apart, where nothing but names does among the rows that are wanted. */
  names: readonly string[] | undefined;
  /** Tells rows apart by what is cheap to read. */
  wanted: Sql;
  /** Whether rows that are wanted may fit no condition. */
  someFitNone: boolean;
  /** Which of two events of one time came first is seldom needed. */
  arrivals: boolean;
}

/**
 * The events as a column `packed`, as core/funnel/packed-events.ts has them, `base` being the person at place 0; `step`, the position of the
 * condition; and `arrival` where that is asked for.
 */
export function packedRows(
  { spans, matches, names, wanted, someFitNone, arrivals }: ListedEventsAsked,
  base: number,
): Sql {
  const place = sql`bitShiftLeft(toUInt64(profile - ${param.uint32(base)}), ${param.uint32(bitsOfTime)})`;
  const packed = sql`bitOr(${place}, toUInt64(toUnixTimestamp64Milli(timestamp))) AS packed`;
  const step = names ? positionOfName(names) : positionOfMatch(matches);
  return sql`SELECT ${packed}, ${step} AS step${arrivals ? sql`, ${arrivalColumn}` : sql``} FROM messages
    WHERE ${wanted} AND ${isWithin(spans)}${someFitNone ? sql` AND step != ${param.uint32(noList)}` : sql``}`;
}

/** Looked up once for each name of a block rather than for each row, for names are kept as numbers. */
function positionOfName(names: readonly string[]): Sql {
  const positions = names.map((_, index) => sql`${param.uint32(index)}`);
  return sql`CAST(transform(event, ${param.strings(names)}, [${join(positions)}], ${param.uint32(noList)}), 'UInt8')`;
}

function positionOfMatch(matches: readonly Sql[]): Sql {
  const which = matches.map((match, index) => sql`${match}, ${param.uint32(index)}`);
  return sql`toUInt8(multiIf(${join(which)}, ${param.uint32(noList)}))`;
}

/** The names of some conditions, where they are of one type and ask for nothing but a name each. */
export function tellingNames(matches: readonly EventMatch[]): string[] | undefined {
  const types = new Set(matches.flatMap(matchedTypes));
  const names = matches.flatMap(({ event, where = [] }) => (event === undefined || where.length > 0 ? [] : [event]));
  return types.size === 1 && names.length === matches.length ? names : undefined;
}

/** Whether a row is of somebody in a bitmap, given as text. */
export function isAmong(people: string): Sql {
  return sql`bitmapContains(${bitmapFromText(people)}, profile)`;
}

/** Whether a row is of somebody in one of some spans. */
export function isWithin(spans: readonly Span[]): Sql {
  const each = spans.map(({ from, to }) => sql`(profile >= ${param.uint32(from)} AND profile < ${param.uint32(to)})`);
  return sql`(${join(each, sql` OR `)})`;
}

/** Whether a row is an event of one of these names, types told by one list of names each. */
export function anyOf(matches: readonly EventMatch[]): Sql {
  const namesOf = new Map<string, string[] | "all">();
  for (const match of matches) {
    for (const type of matchedTypes(match)) {
      const names = namesOf.get(type) ?? [];
      namesOf.set(type, match.event === undefined || names === "all" ? "all" : [...names, match.event]);
    }
  }
  const each = [...namesOf].map(([type, names]) => {
    const ofType = sql`type = ${param.string(type)}`;
    return names === "all" ? ofType : sql`(${ofType} AND event IN ${param.strings([...new Set(names)])})`;
  });
  return sql`(${join(each, sql` OR `)})`;
}
