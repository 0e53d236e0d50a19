import { boundsPredicate } from "@/server/audiences/compile/window";
import { estimatedRows } from "@/server/audiences/event-lists/estimated-rows";
import { eventMemoryOf } from "@/server/audiences/event-lists/event-memory";
import type { HeldList } from "@/server/audiences/event-lists/held-list";
import type { Pace } from "@/server/audiences/event-lists/pace";
import { anyOf } from "@/server/audiences/event-lists/rows";
import type { QueryOptions } from "@/server/event-store/query-options";
import { type BlockReader, sql } from "@/server/event-store/sql";
import type { TellDone } from "@/server/progress/progress";
import { chainBounds, type FunnelQuery } from "./funnel-query";
import type { WhoMatters } from "./who-matters";

type Asking = Pick<QueryOptions, "signal"> & { pace: Pace; tellDone: TellDone };

/** Where a funnel looks at less than this share of its events, reading those costs less than making lists of all. */
const mostOfThem = 0.5;

/** The events of each step of a funnel that `hasListedSteps`, if they are held in memory. */
export function heldLists(store: BlockReader, query: FunnelQuery, asking: Asking): Promise<HeldList[] | undefined> {
  return eventMemoryOf(store).lists(store, query.rules.steps, { ...asking, mayBuild: false });
}

/** The same where they are not held yet: they are read now if the funnel needs most of them anyway, and if they can be held. */
export async function builtLists(
  store: BlockReader,
  query: FunnelQuery,
  { whose, events }: WhoMatters,
  asking: Asking,
): Promise<HeldList[] | undefined> {
  if (whose.counted !== undefined) return undefined;
  const inTime = sql`${anyOf(query.rules.steps)} AND ${boundsPredicate(chainBounds(query))}`;
  const needed = await estimatedRows(store, inTime, { signal: asking.signal });
  if (needed < mostOfThem * events) return undefined;
  return eventMemoryOf(store).lists(store, query.rules.steps, { ...asking, mayBuild: true });
}
