import { mostPlaces } from "@/core/funnel/packed-events";

/** Numbers of people: from ≤ number < to. */
export interface Span {
  from: number;
  to: number;
}

/** A sample takes runs of neighbours, for what belongs to neighbours lies together in the store: so many people at least. */
const shortestRun = 16;
/** And of so many places at most. */
const mostRuns = 8;

/** A part of several runs is at most twice as wide. */
const widest = mostPlaces / 2;

/**
 * The people to go through, in parts of about `atATime` events that are read one after the other, each of one or more spans of
 * numbers in ascending order. A sample of one in n takes a run of people, leaves out n − 1 times as many, and so on: people of
 * all times are in it. No part is wider than `mostPlaces`.
 */
export function spansOf(
  { end, events }: { end: number; events: number },
  { after, sample = 1, atATime }: { after: number | null; sample?: number | undefined; atATime: number },
): Span[][] {
  const start = after === null ? 0 : after + 1;
  if (start >= end) return [];
  const fewest = Math.max(1, Math.ceil(end / widest));
  const parts = Math.max(fewest, Math.ceil(events / sample / atATime));
  const runs = Math.min(mostRuns, Math.floor(end / sample / shortestRun));
  const places = sample === 1 ? parts : Math.max(fewest, runs);
  const taken = Array.from({ length: places }, (_, place): Span => {
    const from = Math.round((end * place) / places);
    const to = Math.round((end * (place + 1)) / places);
    return { from, to: from + Math.ceil((to - from) / sample) };
  });
  const inPart = Math.ceil(places / parts);
  return Array.from({ length: Math.ceil(places / inPart) }, (_, part) =>
    taken
      .slice(part * inPart, (part + 1) * inPart)
      .flatMap(({ from, to }) => (to > start && to > from ? [{ from: Math.max(start, from), to }] : [])),
  ).filter((part) => part.length > 0);
}
