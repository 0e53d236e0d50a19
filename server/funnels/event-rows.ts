import type { EventMatch } from "@/core/audience/definition";
import { eventPredicate } from "@/server/audiences/compile/event";
import { locate, wholePiece } from "@/server/audiences/compile/json-value";
import { boundsPredicate } from "@/server/audiences/compile/window";
import {
  anyOf,
  arrivalColumn,
  isAmong,
  isWithin,
  type ListedEventsAsked,
  tellingNames,
  timeColumn,
} from "@/server/audiences/event-lists/rows";
import type { Span } from "@/server/audiences/event-lists/spans";
import { join, param, type Sql, sql } from "@/server/event-store/sql";
import { chainBounds, type FunnelQuery, namedEvents } from "./funnel-query";

/** Whose events are read: bitmaps as text, undefined where leaving the others out costs more than it saves. */
export interface WhoseEvents {
  /** Those who are counted. */
  counted: string | undefined;
  /** Those who may get past the first step. */
  beyond: string | undefined;
}

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
  return sql`SELECT ${join(columns)} FROM messages WHERE ${wanted(query, whose)} AND ${isWithin(spans)}
    ${useful ? sql`AND (fits > 0${kills.length > 0 ? sql` OR kills > 0` : sql``})` : sql``}`;
}

/** Events that each fit one step. */
export function listedEvents(
  query: FunnelQuery,
  whose: WhoseEvents,
  spans: readonly Span[],
  arrivals: boolean,
): ListedEventsAsked {
  const { steps } = query.rules;
  const matches = steps.map((step) => eventPredicate(step, query.context));
  const names = tellingNames(steps);
  return { spans, matches, names, wanted: wanted(query, whose), someFitNone: steps.some(isFiltered), arrivals };
}

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
function wanted(query: FunnelQuery, { counted, beyond }: WhoseEvents): Sql {
  const { ofEverybody, ofThoseBeyond } = namedEvents(query.rules);
  return join(
    [
      anyOf([...ofEverybody, ...ofThoseBeyond]),
      ...(counted === undefined ? [] : [isAmong(counted)]),
      ...(beyond === undefined ? [] : [sql`(${anyOf(ofEverybody)} OR ${isAmong(beyond)})`]),
      boundsPredicate(chainBounds(query)),
    ],
    sql` AND `,
  );
}

/** The value is wanted of the event that does a step; in any order that may be any of them. */
function valueColumn({ rules: { breakdown, order } }: FunnelQuery): Sql[] {
  if (!breakdown || !("property" in breakdown)) return [];
  const piece = wholePiece(locate(sql`properties`, breakdown.property));
  const step = order === "unordered" ? sql`fits > 0` : sql`bitTest(fits, ${param.uint32(breakdown.step - 1)})`;
  return [sql`if(${step}, ${piece}, '') AS value`];
}
