import { boundsPredicate } from "@/server/audiences/compile/window";
import { estimatedRows } from "@/server/audiences/event-lists/estimated-rows";
import { eventMemoryOf } from "@/server/audiences/event-lists/event-memory";
import type { HeldList } from "@/server/audiences/event-lists/held-list";
import { anyOf } from "@/server/audiences/event-lists/rows";
import type { QueryOptions } from "@/server/event-store/query-options";
import { type BlockReader, sql } from "@/server/event-store/sql";
import { chainBounds, type FunnelQuery } from "./funnel-query";
import type { WhoMatters } from "./who-matters";

/** Where a funnel looks at less than this share of its events, reading those costs less than making lists of all. */
const mostOfThem = 0.5;

/** The events of each step of a funnel that `hasListedSteps`, if they are held in memory. */
export function heldLists(
  store: BlockReader,
  query: FunnelQuery,
  options: Pick<QueryOptions, "signal">,
): Promise<HeldList[] | undefined> {
  return eventMemoryOf(store).lists(store, query.rules.steps, options);
}

/** Lets them be held for the next one who asks, where the funnel has looked at most of them. Nobody waits for it, or for what fails of it. */
export function prepareLists(store: BlockReader, query: FunnelQuery, matters: WhoMatters): void {
  looksAtMost(store, query, matters)
    .then((most) => {
      if (most) eventMemoryOf(store).prepare(store, query.rules.steps);
    })
    .catch(() => undefined);
}

async function looksAtMost(store: BlockReader, query: FunnelQuery, { whose, events }: WhoMatters): Promise<boolean> {
  if (whose.counted !== undefined) return false;
  const inTime = sql`${anyOf(query.rules.steps)} AND ${boundsPredicate(chainBounds(query))}`;
  return (await estimatedRows(store, inTime, {})) >= mostOfThem * events;
}
