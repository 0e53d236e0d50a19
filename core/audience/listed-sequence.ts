import { durationMs } from "../duration";
import type { ListedEvents } from "../funnel/listed-chains";
import type { EventMatch, SequenceNode } from "./definition";
import { shareNoEvent } from "./share-no-event";

/** The events that a sequence looks at: those of its steps, then what must not follow. */
export function sequenceMatches({ steps, thenNot }: SequenceNode): EventMatch[] {
  return [...steps, ...(thenNot ? [thenNot] : [])].map(({ within: _, ...match }) => match);
}

/** Whether people's events can be read as a list for each of `sequenceMatches`: none fits two of them. */
export function hasListedMatches(node: SequenceNode): boolean {
  return node.window?.kind !== "after" && shareNoEvent(sequenceMatches(node));
}

/**
 * Whether a sequence holds at `now` for the person whose first list is the one at `list`, as `sequenceHolds` says, of events
 * that exist at `now`, those of the first step inside its window. Undefined where that depends on which of two events of one
 * time came first, and that was not read.
 *
 * Of the events that reach a step the last one before an event is the one to go on from: it is the nearest, and no chain to an
 * earlier one has started later.
 */
export function listedSequence(
  node: SequenceNode,
  now: number,
): (events: ListedEvents, list: number) => boolean | undefined {
  const { steps, thenNot } = node;
  const limits = steps.map(({ within }) => ({
    length: within ? durationMs(within) : Infinity,
    ofFirst: within?.of === "first",
  }));
  const freeFor = thenNot?.within ? durationMs(thenNot.within) : Infinity;
  /** For each event of the lists when the latest chain to it started; NaN for none. */
  let starts = new Float64Array(64);

  let tied = false;

  /** Whether one event comes after another of another list. */
  function follows({ times, arrivals }: ListedEvents, at: number, before: number): boolean {
    const time = times[at] ?? 0;
    const earlier = times[before] ?? 0;
    if (time !== earlier) return time > earlier;
    if (arrivals === undefined) tied = true;
    return (arrivals?.[at] ?? 0) > (arrivals?.[before] ?? 0);
  }

  return (events, list) => {
    const { times, begins } = events;
    if (starts.length < times.length) starts = new Float64Array(times.length);
    tied = false;
    for (let at = begins[list] ?? 0; at < (begins[list + 1] ?? 0); at += 1) starts[at] = times[at] ?? 0;
    for (let step = 1; step < steps.length; step += 1) {
      const from = begins[list + step] ?? 0;
      const { length = Infinity, ofFirst = false } = limits[step] ?? {};
      let before = begins[list + step - 1] ?? 0;
      let last = -1;
      for (let at = from; at < (begins[list + step + 1] ?? 0); at += 1) {
        for (; before < from && follows(events, at, before); before += 1) {
          if (!Number.isNaN(starts[before])) last = before;
        }
        const since = last < 0 ? Number.NaN : ((ofFirst ? starts[last] : times[last]) ?? 0);
        starts[at] = (times[at] ?? 0) - since <= length ? (starts[last] ?? 0) : Number.NaN;
      }
    }
    const ends = begins[list + steps.length] ?? 0;
    let stop = ends;
    let holds = false;
    for (let at = begins[list + steps.length - 1] ?? 0; at < ends && !holds; at += 1) {
      if (Number.isNaN(starts[at])) continue;
      if (!thenNot) holds = true;
      else {
        const stops = begins[list + steps.length + 1] ?? 0;
        while (stop < stops && !follows(events, stop, at)) stop += 1;
        const end = (times[at] ?? 0) + freeFor;
        const isStopped = stop < stops && (times[stop] ?? 0) <= end;
        holds = !isStopped && (freeFor === Infinity || now > end);
      }
    }
    return tied ? undefined : holds;
  };
}
