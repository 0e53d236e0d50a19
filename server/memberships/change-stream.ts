import { setTimeout as sleep } from "node:timers/promises";
import type * as z from "zod";
import type { changeBatch } from "@/core/api/memberships";
import type { Services } from "@/server/services";
import { answeredChanges } from "./answered-changes";
import { readChanges } from "./read-changes";

type ChangeBatch = z.infer<typeof changeBatch>;

/** How often whoever looks on is told: faster than this nobody reads. */
const tickMs = 250;
/** Of the changes of one tick so many are shown, the latest. */
const shownPerTick = 50;
/** A line without meaning, so that nothing between takes the stream for dead. */
const heartbeatMs = 15_000;

/**
 * Who enters and leaves an audience, as server-sent events, until the reader goes or the process ends. It begins with the latest
 * changes, or with those after the cursor of the last one that the reader has seen.
 */
export async function* changeEvents(
  services: Pick<Services, "eventStore" | "metadata" | "memberships" | "now" | "live">,
  audienceId: string,
  after: number | undefined,
  signal: AbortSignal,
): AsyncGenerator<string> {
  let isStale = true;
  let seen = after ?? 0;
  const over = AbortSignal.any([signal, services.live.ended]);
  const unlisten = services.memberships.onChange(({ audienceIds }) => {
    if (audienceIds.has(audienceId)) isStale = true;
  });
  try {
    let isFirst = true;
    let quietMs = 0;
    while (!over.aborted) {
      if (isStale) {
        isStale = false;
        const { items } = await readChanges(services, { audienceId, limit: shownPerTick + 1, newestFirst: true });
        const news = items.filter(({ cursor }) => cursor > seen);
        seen = items[0]?.cursor ?? seen;
        if (news.length > 0 || isFirst) {
          const shown = news.slice(0, shownPerTick).reverse();
          const more = news.length > shownPerTick;
          yield eventOf({ items: await answeredChanges(services, audienceId, shown), more });
        }
        [isFirst, quietMs] = [false, 0];
      } else if (quietMs >= heartbeatMs) {
        quietMs = 0;
        yield ":\n\n";
      }
      await pause(tickMs, over);
      quietMs += tickMs;
    }
  } finally {
    unlisten();
  }
}

function eventOf(batch: ChangeBatch): string {
  const id = batch.items.at(-1)?.cursor;
  return `${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(batch)}\n\n`;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<unknown> {
  return sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
