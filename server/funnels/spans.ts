import type { Span } from "./event-rows";
import type { WhoMatters } from "./who-matters";

/** About so many events are held in memory at a time. */
const eventsAtATime = 2_000_000;

/** A sample takes runs of this many neighbours, for what belongs to neighbours lies together in the store. */
const run = 1_024;

/**
 * The people to go through, in parts that are read one after the other, each of one or more spans of numbers in ascending
 * order. A sample of one in n takes a run of people, leaves out n − 1 runs, and so on: people of all times are in it.
 */
export function spansOf(
  { end, events }: Pick<WhoMatters, "end" | "events">,
  { after, sample = 1 }: { after: number | null; sample?: number | undefined },
): Span[][] {
  const start = after === null ? 0 : after + 1;
  if (start >= end) return [];
  const parts = Math.ceil(events / sample / eventsAtATime);
  const runsInAll = Math.ceil(end / run);
  const runs = Math.max(sample, Math.ceil(runsInAll / Math.max(1, parts)));
  // A part begins where the sample does.
  const width = (sample === 1 ? runs : Math.ceil(runs / sample) * sample) * run;
  const spans: Span[][] = [];
  for (let from = 0; from < end; from += width) {
    const to = Math.min(end, from + width);
    const part = sample === 1 ? [{ from, to }] : runsBetween(from, to, sample);
    const left = part.flatMap((span) => (span.to > start ? [{ from: Math.max(start, span.from), to: span.to }] : []));
    if (left.length > 0) spans.push(left);
  }
  return spans;
}

function runsBetween(from: number, to: number, sample: number): Span[] {
  const spans: Span[] = [];
  for (let at = from; at < to; at += run * sample) spans.push({ from: at, to: Math.min(to, at + run) });
  return spans;
}
