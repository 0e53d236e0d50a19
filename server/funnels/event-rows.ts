import type { EventMatch } from "@/core/audience/definition";
import { matchedTypes } from "@/core/audience/match-event";
import { eventPredicate } from "@/server/audiences/compile/event";
import { locate, wholePiece } from "@/server/audiences/compile/json-value";
import { boundsPredicate } from "@/server/audiences/compile/window";
import { bitmapFromText } from "@/server/event-store/bitmap";
import { join, param, type Sql, sql } from "@/server/event-store/sql";
import { chainBounds, type FunnelQuery, namedEvents } from "./funnel-query";
import type { WhoMatters } from "./who-matters";

/** Numbers of people: from ≤ number < to. */
export interface Span {
  from: number;
  to: number;
}

/**
 * Events that matter of the people in some spans, as columns: `profile`; the time in milliseconds since the epoch and the
 * arrival, each as its lowest 32 bits and those above (`time_low`, `time_high`); `fits` (the steps as bits); `kills` (the
 * steps at which it ends a chain, if the funnel has exclusions); and `value` (raw JSON of the property that tells people
 * apart, if one does).
 */
export function eventRows(query: FunnelQuery, { beyond }: WhoMatters, spans: readonly Span[]): Sql {
  const { rules, context, plans } = query;
  const fits = rules.steps.map((step, index) => bits(eventPredicate(step, context), 1 << index));
  const kills = (rules.exclude ?? []).map((event, index) =>
    bits(eventPredicate(event, context), plans[0].kills[index] ?? 0),
  );
  const columns = [
    sql`profile`,
    sql`toUInt32(bitAnd(toUnixTimestamp64Milli(timestamp) AS at, 4294967295)) AS time_low`,
    sql`toUInt16(bitShiftRight(at, 32)) AS time_high`,
    sql`toUInt32(bitAnd(arrival, 4294967295)) AS arrival_low`,
    sql`toUInt16(bitShiftRight(arrival, 32)) AS arrival_high`,
    sql`${either(fits)} AS fits`,
    ...(kills.length > 0 ? [sql`${either(kills)} AS kills`] : []),
    ...valueColumn(query),
  ];
  const within = spans.map(({ from, to }) => sql`(profile >= ${param.uint32(from)} AND profile < ${param.uint32(to)})`);
  const where = [
    wanted(query, beyond),
    sql`(${join(within, sql` OR `)})`,
    boundsPredicate(chainBounds(query)),
    ...useful(query),
  ];
  return sql`SELECT ${join(columns)} FROM messages WHERE ${join(where, sql` AND `)}`;
}

/** Sets are numbers of 32 bits. */
function bits(predicate: Sql, set: number): Sql {
  return sql`if(${predicate}, ${param.uint32(set)}, 0)`;
}

function either(masks: readonly Sql[]): Sql {
  return sql`toUInt32(${masks.reduce((left, right) => sql`bitOr(${left}, ${right})`)})`;
}

function wanted({ rules }: FunnelQuery, beyond: string | undefined): Sql {
  const { ofEverybody, ofThoseBeyond } = namedEvents(rules);
  const all = anyOf([...ofEverybody, ...ofThoseBeyond]);
  if (beyond === undefined) return all;
  return sql`${all} AND (${anyOf(ofEverybody)} OR bitmapContains(${bitmapFromText(beyond)}, profile))`;
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

/** Which events are worth reading besides by their name: not asked where the name says it all. */
function useful({ rules: { steps, exclude = [], order } }: FunnelQuery): Sql[] {
  const filtered = [...steps, ...exclude].some(({ where = [] }) => where.length > 0);
  if (order === "strict" || !filtered) return [];
  return [exclude.length > 0 ? sql`(fits > 0 OR kills > 0)` : sql`fits > 0`];
}

/** The value is wanted of the event that does a step; in any order that may be any of them. */
function valueColumn({ rules: { breakdown, order } }: FunnelQuery): Sql[] {
  if (!breakdown || !("property" in breakdown)) return [];
  const piece = wholePiece(locate(sql`properties`, breakdown.property));
  const step = order === "unordered" ? sql`fits > 0` : sql`bitTest(fits, ${param.uint32(breakdown.step - 1)})`;
  return [sql`if(${step}, ${piece}, '') AS value`];
}
