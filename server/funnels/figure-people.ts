import type { FunnelFigure } from "@/core/funnel/figure";
import { isInFigure } from "@/core/funnel/in-figure";
import type { BlockReader } from "@/server/event-store/sql";
import type { FunnelQuery } from "./funnel-query";
import { type WalkOptions, walkFunnel } from "./walk";

/** The numbers of the people of a figure, lowest first, at most `limit` of them; of the query's first range. */
export async function figurePeople(
  store: BlockReader,
  query: FunnelQuery,
  figure: FunnelFigure,
  { limit, ...options }: Omit<WalkOptions, "sample"> & { limit: number },
): Promise<number[]> {
  const { plans, context } = query;
  const people: number[] = [];
  await walkFunnel(
    store,
    query,
    ({ profile, chain, times, value }, index) => {
      const plan = plans[index];
      if (index === 0 && plan && isInFigure(figure, plan, chain, times, { ...context, value })) people.push(profile);
      return people.length < limit;
    },
    options,
  );
  return people;
}
