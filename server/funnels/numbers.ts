import * as z from "zod";
import type { FunnelFigure } from "@/core/funnel/figure";
import type { EventStore, QueryOptions } from "@/server/event-store/event-store";
import { param, sql } from "@/server/event-store/sql";
import { type ChainQuery, chains } from "./chains";

const row = z.strictObject({ profile: z.int() });

/** The numbers of the people of a figure that come after a number, lowest first, at most `limit` of them. */
export async function figureNumbers(
  eventStore: EventStore,
  query: ChainQuery,
  { step, outcome }: FunnelFigure,
  page: { after: number | null; limit: number },
  options?: QueryOptions,
): Promise<number[]> {
  if (outcome === "dropped" && step === query.steps.length) return [];
  const depth = param.uint32(step);
  const rows = await eventStore.query(
    sql`SELECT profile FROM (${chains(query)})
      WHERE ${outcome === "reached" ? sql`depth >= ${depth}` : sql`depth = ${depth}`}
        ${page.after === null ? sql`` : sql`AND profile > ${param.uint32(page.after)}`}
      ORDER BY profile LIMIT ${param.uint32(page.limit)}`,
    row,
    { heavy: true, ...options },
  );
  return rows.map(({ profile }) => profile);
}
