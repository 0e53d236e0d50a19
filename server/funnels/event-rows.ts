import type { EventMatch } from "@/core/audience/definition";
import { matchedTypes } from "@/core/audience/match-event";
import { eventPredicate } from "@/server/audiences/compile/event";
import { locate, wholePiece } from "@/server/audiences/compile/json-value";
import { boundsPredicate } from "@/server/audiences/compile/window";
import { bitmapFromText } from "@/server/event-store/bitmap";
import { join, param, type Sql, sql } from "@/server/event-store/sql";
import { chainBounds, type FunnelQuery, namedEvents } from "./funnel-query";

/** Numbers of people: from ≤ number < to. */
export interface Span {
  from: number;
  to: number;
}

/** Whose events are read: bitmaps as text, undefined where leaving the others out costs more than it saves. */
export interface WhoseEvents {
  /** Those who are counted. */
  counted: string | undefined;
  /** Those who may get past the first step. */
  beyond: string | undefined;
}

/** A moment and an arrival are whole numbers of less than 53 bits. */
const timeColumn = sql`toFloat64(toUnixTimestamp64Milli(timestamp)) AS time`;
const arrivalColumn = sql`toFloat64(arrival) AS arrival`;

/**
 * Events that matter of the people in some spans, as columns: `profile`; `time` in milliseconds since the epoch and
 * `arrival`; `fits` (the steps as bits); `kills` (the steps at which it ends a chain, if the funnel has exclusions); and
 * `value` (raw JSON of the property that tells people apart, if one does).
 */
export function eventRows(query: FunnelQuery, whose: WhoseEvents, spans: readonly Span[]): Sql {
  const { rules, context, plans } = query;
  const fits = rules.steps.map((step, index) => bits(eventPredicate(step, context), 1 << index));
  const kills = (rules.exclude ?? []).map((event, index) =>
    bits(eventPredicate(event, context), plans[0].kills[index] ?? 0),
  );
  const columns = [
    sql`profile`,
    timeColumn,
    arrivalColumn,
    sql`${either(fits)} AS fits`,
    ...(kills.length > 0 ? [sql`${either(kills)} AS kills`] : []),
    ...valueColumn(query),
  ];
  const useful = [...rules.steps, ...(rules.exclude ?? [])].some(isFiltered) && rules.order !== "strict";
  return sql`SELECT ${join(columns)} FROM messages WHERE ${wanted(query, whose, spans)}
    ${useful ? sql`AND (fits > 0${kills.length > 0 ? sql` OR kills > 0` : sql``})` : sql``}`;
}

/** Events that each fit one step, as columns: `profile`, `time`, `step` (from 0), and `arrival` where that is asked for. */
export function listedEventRows(
  query: FunnelQuery,
  whose: WhoseEvents,
  spans: readonly Span[],
  { arrivals }: { arrivals: boolean },
): Sql {
  const { steps } = query.rules;
  const filtered = steps.some(isFiltered);
  const which = steps.map((step, index) => sql`${eventPredicate(step, query.context)}, ${param.uint32(index)}`);
  const step = sql`toUInt8(multiIf(${join(which)}, ${param.uint32(noStep)})) AS step`;
  return sql`SELECT profile, ${timeColumn}, ${step}${arrivals ? sql`, ${arrivalColumn}` : sql``} FROM messages
    WHERE ${wanted(query, whose, spans)}${filtered ? sql` AND step != ${param.uint32(noStep)}` : sql``}`;
}

const noStep = 255;

function isFiltered({ where = [] }: EventMatch): boolean {
  return where.length > 0;
}

/** Sets are numbers of 32 bits. */
function bits(predicate: Sql, set: number): Sql {
  return sql`if(${predicate}, ${param.uint32(set)}, 0)`;
}

function either(masks: readonly Sql[]): Sql {
  return sql`toUInt32(${masks.reduce((left, right) => sql`bitOr(${left}, ${right})`)})`;
}

/** By name, person and time; what the filters of the steps say is left to the columns. */
function wanted(query: FunnelQuery, { counted, beyond }: WhoseEvents, spans: readonly Span[]): Sql {
  const { ofEverybody, ofThoseBeyond } = namedEvents(query.rules);
  const within = spans.map(({ from, to }) => sql`(profile >= ${param.uint32(from)} AND profile < ${param.uint32(to)})`);
  return join(
    [
      anyOf([...ofEverybody, ...ofThoseBeyond]),
      ...(counted === undefined ? [] : [isAmong(counted)]),
      ...(beyond === undefined ? [] : [sql`(${anyOf(ofEverybody)} OR ${isAmong(beyond)})`]),
      sql`(${join(within, sql` OR `)})`,
      boundsPredicate(chainBounds(query)),
    ],
    sql` AND `,
  );
}

function isAmong(people: string): Sql {
  return sql`bitmapContains(${bitmapFromText(people)}, profile)`;
}

/** Whether a row is an event of one of these names, types told by one list of names each. */
function anyOf(matches: readonly EventMatch[]): Sql {
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

/** The value is wanted of the event that does a step; in any order that may be any of them. */
function valueColumn({ rules: { breakdown, order } }: FunnelQuery): Sql[] {
  if (!breakdown || !("property" in breakdown)) return [];
  const piece = wholePiece(locate(sql`properties`, breakdown.property));
  const step = order === "unordered" ? sql`fits > 0` : sql`bitTest(fits, ${param.uint32(breakdown.step - 1)})`;
  return [sql`if(${step}, ${piece}, '') AS value`];
}
