import * as z from "zod";
import type { TimeEdge } from "@/core/audience/time-edges";
import type { EventStore } from "@/server/event-store/event-store";
import { join, param, type Sql, sql } from "@/server/event-store/sql";
import type { TrackedAudience } from "./tracked-audience";

interface Span {
  /** Milliseconds since the epoch; what falls on `after` is not meant, what falls on `until` is. */
  readonly after: number;
  readonly until: number;
}

/** Somebody whose answers may change at `at`, and in which audiences. */
interface EdgeHit {
  readonly profile: number;
  readonly at: number;
  readonly audienceIds: readonly string[];
}

export interface EdgeScan {
  readonly hits: readonly EdgeHit[];
  /** Audiences in which so many people are due that all are better looked at together. */
  readonly crowded: ReadonlySet<string>;
}

const hitRow = z.strictObject({ profile: z.int(), at: z.int(), edge: z.int() });

/** Edges that are asked for by one statement. */
const edgesAtOnce = 20;

/** From here on everybody is looked at together. */
const most = 20_000;
const earliest = Date.UTC(1900, 0, 1);
const latest = Date.UTC(2262, 0, 1);

/** Who crosses an edge of some audiences within a span: among them everybody whose answer changes by time alone. */
export async function scanEdges(
  eventStore: EventStore,
  audiences: readonly TrackedAudience[],
  span: Span,
  profiles?: readonly number[],
): Promise<EdgeScan> {
  const asked = edgesOf(audiences).flatMap(({ edge, audienceIds }) => {
    const statement = statementOf(edge, span, profiles);
    return statement === undefined ? [] : [{ statement, audienceIds }];
  });
  const hits: EdgeHit[] = [];
  const crowded = new Set<string>();
  for (let start = 0; start < asked.length; start += edgesAtOnce) {
    const some = asked.slice(start, start + edgesAtOnce);
    const rows = await eventStore.query(
      join(
        some.map(
          ({ statement }, index) =>
            sql`SELECT profile, at, toUInt8(${param.uint32(index)}) AS edge FROM (${statement} LIMIT ${param.uint32(most + 1)})`,
        ),
        sql` UNION ALL `,
      ),
      hitRow,
    );
    const found = some.map((): number => 0);
    for (const { edge } of rows) found[edge] = (found[edge] ?? 0) + 1;
    const isCrowded = (edge: number) => (found[edge] ?? 0) > most;
    for (const [edge, { audienceIds }] of some.entries()) {
      if (isCrowded(edge)) for (const id of audienceIds) crowded.add(id);
    }
    for (const { profile, at, edge } of rows) {
      if (!isCrowded(edge)) hits.push({ profile, at, audienceIds: some[edge]?.audienceIds ?? [] });
    }
  }
  return { hits, crowded };
}

/** Each edge once, with the audiences that have it. */
function edgesOf(audiences: readonly TrackedAudience[]): { edge: TimeEdge; audienceIds: string[] }[] {
  const found = new Map<string, { edge: TimeEdge; audienceIds: string[] }>();
  for (const { id, edges } of audiences) {
    for (const edge of edges) {
      const key = JSON.stringify(edge);
      const known = found.get(key) ?? { edge, audienceIds: [] };
      if (!known.audienceIds.includes(id)) known.audienceIds.push(id);
      found.set(key, known);
    }
  }
  return [...found.values()];
}

/** An answer changes at the edge or in the millisecond after, so that is when to look. */
function statementOf(edge: TimeEdge, span: Span, profiles: readonly number[] | undefined): Sql | undefined {
  if (edge.of === "midnight" || edge.of === "contents") return undefined;
  const shift = edge.afterMs + 1;
  const [after, until] = [span.after - shift, span.until - shift];
  if (until < earliest || after > latest) return undefined;
  const own = profiles === undefined ? sql`1` : sql`profile IN ${param.uint32s(profiles)}`;
  const within = (column: Sql) =>
    sql`${own} AND ${column} > ${param.moment(Math.max(after, earliest))} AND ${column} <= ${param.moment(until)}`;
  const at = (column: Sql) => sql`toUnixTimestamp64Milli(${column}) + ${param.int64(shift)} AS at`;
  switch (edge.of) {
    case "event": {
      const named = edge.event === null ? sql`1` : sql`event = ${param.string(edge.event)}`;
      return sql`SELECT DISTINCT profile, ${at(sql`timestamp`)} FROM event_moments
        WHERE type IN ${param.strings(edge.types)} AND ${named} AND ${within(sql`timestamp`)}`;
    }
    case "trait":
      return sql`SELECT DISTINCT profile, ${at(sql`timestamp`)} FROM trait_changes
        WHERE trait IN ${param.strings(edge.keys)} AND ${within(sql`timestamp`)}`;
    default:
      return sql`SELECT profile, ${at(sql`min(first_at)`)} FROM profile_activity GROUP BY profile
        HAVING ${within(sql`min(first_at)`)}`;
  }
}
