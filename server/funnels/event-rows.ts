import { matchedTypes } from "@/core/audience/match-event";
import { eventPredicate } from "@/server/audiences/compile/event";
import { locate, wholePiece } from "@/server/audiences/compile/json-value";
import { boundsPredicate } from "@/server/audiences/compile/window";
import { bitmapFromText } from "@/server/event-store/bitmap";
import { join, param, type Sql, sql } from "@/server/event-store/sql";
import { chainBounds, type FunnelQuery } from "./funnel-query";
import type { WantedEvents } from "./who-matters";

/** Numbers of people: from ≤ number < to. */
export interface Span {
  from: number;
  to: number;
}

/**
 * Events that matter of the people in some spans, as columns: `profile`, `time` (milliseconds since the epoch), `arrival`, `fits`
 * (the steps as bits), `kills` (the steps at which it ends a chain, if the funnel has exclusions), and `value` (raw JSON of
 * the property that tells people apart, if there is one).
 */
export function eventRows(query: FunnelQuery, wanted: readonly WantedEvents[], spans: readonly Span[]): Sql {
  const { rules, context, plans } = query;
  const [plan] = plans;
  const fits = rules.steps.map((step, index) => bits(eventPredicate(step, context), 1 << index));
  const kills = (rules.exclude ?? []).map((event, index) =>
    bits(eventPredicate(event, context), plan?.kills[index] ?? 0),
  );
  const columns = [
    sql`profile`,
    sql`toFloat64(toUnixTimestamp64Milli(timestamp)) AS time`,
    sql`toFloat64(arrival) AS arrival`,
    sql`${either(fits)} AS fits`,
    ...(kills.length > 0 ? [sql`${either(kills)} AS kills`] : []),
    ...valueColumn(query),
  ];
  const useful = rules.order === "strict" ? [] : [kills.length > 0 ? sql`(fits > 0 OR kills > 0)` : sql`fits > 0`];
  const within = spans.map(({ from, to }) => sql`(profile >= ${param.uint32(from)} AND profile < ${param.uint32(to)})`);
  const where = [
    sql`(${join(wantedPredicates(query, wanted), sql` OR `)})`,
    sql`(${join(within, sql` OR `)})`,
    boundsPredicate(chainBounds(plans, context)),
    ...useful,
  ];
  return sql`SELECT ${join(columns)} FROM messages WHERE ${join(where, sql` AND `)}`;
}

/** Numbers of 32 bits that hold each of the sets for which a predicate is true. */
function bits(predicate: Sql, set: number): Sql {
  return sql`if(${predicate}, ${param.uint32(set)}, 0)`;
}

function either(masks: readonly Sql[]): Sql {
  return sql`toUInt32(${masks.reduce((left, right) => sql`bitOr(${left}, ${right})`)})`;
}

/** Each name of events with the people that they matter to: where one matters to everybody, it is asked of nobody. */
function wantedPredicates({ context }: FunnelQuery, wanted: readonly WantedEvents[]): Sql[] {
  const byName = new Map<string, { name: Sql; people: Set<string> | undefined }>();
  for (const { match, people } of wanted) {
    const key = JSON.stringify([matchedTypes(match), match.event]);
    const known = byName.get(key) ?? { name: eventPredicate(match, context), people: new Set<string>() };
    if (people === undefined) known.people = undefined;
    else known.people?.add(people);
    byName.set(key, known);
  }
  return [...byName.values()].map(({ name, people }) => {
    if (people === undefined) return name;
    const among = [...people].map((text) => sql`bitmapContains(${bitmapFromText(text)}, profile)`);
    return sql`(${name} AND (${join(among, sql` OR `)}))`;
  });
}

/** The value is wanted of the event that does a step; in any order that may be any of them. */
function valueColumn({ rules: { breakdown, order } }: FunnelQuery): Sql[] {
  if (!breakdown || !("property" in breakdown)) return [];
  const piece = wholePiece(locate(sql`properties`, breakdown.property));
  const step = order === "unordered" ? sql`fits > 0` : sql`bitTest(fits, ${param.uint32(breakdown.step - 1)})`;
  return [sql`if(${step}, ${piece}, '') AS value`];
}
