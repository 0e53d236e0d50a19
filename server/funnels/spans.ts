import type { Span } from "./event-rows";

/** A sample takes runs of neighbours, for what belongs to neighbours lies together in the store: so many people at least. */
const shortestRun = 1_024;
/** And of so many places at least. */
const fewestRuns = 8;

/**
 * The people to go through, in parts of about `atATime` events that are read one after the other, each of one or more spans of numbers in ascending
 * order. A sample of one in n takes a run of people, leaves out n − 1 runs, and so on: people of all times are in it.
 */
export function spansOf(
  { end, events }: { end: number; events: number },
  { after, sample = 1, atATime }: { after: number | null; sample?: number | undefined; atATime: number },
): Span[][] {
  const start = after === null ? 0 : after + 1;
  if (start >= end) return [];
  const parts = Math.ceil(events / sample / atATime);
  const run = runOf(end, sample);
  const runsInAll = Math.ceil(end / run);
  const runs = Math.max(sample, Math.ceil(runsInAll / Math.max(1, parts)));
  // A part begins where the sample does.
  const width = (sample === 1 ? runs : Math.ceil(runs / sample) * sample) * run;
  const spans: Span[][] = [];
  for (let from = 0; from < end; from += width) {
    const to = Math.min(end, from + width);
    const part = sample === 1 ? [{ from, to }] : runsBetween(from, to, { sample, run });
    const left = part.flatMap((span) => (span.to > start ? [{ from: Math.max(start, span.from), to: span.to }] : []));
    if (left.length > 0) spans.push(left);
  }
  return spans;
}

function runOf(end: number, sample: number): number {
  let run = shortestRun;
  while (run * 2 * sample * fewestRuns <= end) run *= 2;
  return run;
}

function runsBetween(from: number, to: number, { sample, run }: { sample: number; run: number }): Span[] {
  const spans: Span[] = [];
  for (let at = from; at < to; at += run * sample) spans.push({ from: at, to: Math.min(to, at + run) });
  return spans;
}
