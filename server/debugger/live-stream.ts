import type { LiveBatch, LiveFilter } from "../../core/api/debugger";
import { liveTest } from "./live-filter";
import { type LiveItem, type LiveMessages, liveMessage } from "./live-messages";

/** How often whoever looks on is told: faster than this nobody reads. */
const tickMs = 250;
/** Of the messages of one tick this many are shown, the latest; the others are counted. */
const shownPerTick = 50;
/** A line without meaning, so that nothing between takes the stream for dead. */
const heartbeatMs = 15_000;

/**
 * What comes in, as server-sent events, until the reader goes or the process ends. It begins with the last messages that are
 * at hand and came after `after`, the number of the last one that the reader has seen.
 */
export async function* liveEvents(
  live: LiveMessages,
  filter: LiveFilter,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const fits = liveTest(filter);
  let waiting: LiveItem[] = [];
  let skipped = 0;
  const over = AbortSignal.any([signal, live.ended]);
  const unlisten = live.listen((items) => {
    const wanted = items.filter(fits);
    waiting = waiting.length === 0 ? wanted : waiting.concat(wanted);
    if (waiting.length <= shownPerTick) return;
    skipped += waiting.length - shownPerTick;
    waiting = waiting.slice(-shownPerTick);
  });
  try {
    const recent = live.recent(filter.sourceId).filter((item) => item.number > after && fits(item));
    yield eventOf(recent, 0);
    let quietMs = 0;
    while (!over.aborted) {
      await pause(tickMs, over);
      if (waiting.length > 0) {
        const batch = eventOf(waiting, skipped);
        [waiting, skipped, quietMs] = [[], 0, 0];
        yield batch;
      } else if (quietMs >= heartbeatMs) {
        quietMs = 0;
        yield ":\n\n";
      } else {
        quietMs += tickMs;
      }
    }
  } finally {
    unlisten();
  }
}

/** Newest last, as they came. */
function eventOf(items: readonly LiveItem[], skipped: number): string {
  const batch: LiveBatch = { items: items.map(liveMessage), skipped };
  const id = items.at(-1)?.number;
  return `${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(batch)}\n\n`;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done);
    if (signal.aborted) done();
  });
}
