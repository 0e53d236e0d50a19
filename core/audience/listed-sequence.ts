import { durationMs } from "../duration";
import type { PersonLists } from "../funnel/person-lists";
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
 * Whether a sequence holds at `now` for the person whose lists are given, as `sequenceHolds` says, of events that exist at `now`, those of
 * the first step inside its window. Undefined where that depends on which of two events of one time came first, and that was not read.
 *
 * Of the events that reach a step the last one before an event is the one to go on from: it is the nearest, and no chain to an
 * earlier one has started later.
 */
export function listedSequence(node: SequenceNode, now: number): (lists: PersonLists) => boolean | undefined {
  const { steps, thenNot } = node;
  const limits = steps.map(({ within }) => ({
    length: within ? durationMs(within) : Infinity,
    ofFirst: within?.of === "first",
  }));
  const freeFor = thenNot?.within ? durationMs(thenNot.within) : Infinity;
  const none = new Float64Array(0);
  /** For each event of a step and of the step before it when the latest chain to it started; NaN for none. */
  let starts = new Float64Array(64);
  let startsBefore = new Float64Array(64);
  let tied = false;

  /** Whether the event of a list comes after that of another list. */
  function follows({ times, arrivals }: PersonLists, list: number, at: number, other: number, before: number): boolean {
    const time = times[list]?.[at] ?? 0;
    const earlier = times[other]?.[before] ?? 0;
    if (time !== earlier) return time > earlier;
    if (arrivals === undefined) tied = true;
    return (arrivals?.[list]?.[at] ?? 0) > (arrivals?.[other]?.[before] ?? 0);
  }

  /** Puts the starts of the step before aside, and makes room for those of so many events. */
  function turn(events: number): void {
    [starts, startsBefore] = [startsBefore, starts];
    if (starts.length < events) starts = new Float64Array(events * 2);
  }

  return (lists) => {
    const { times, from, to } = lists;
    tied = false;
    const first = from[0] ?? 0;
    turn((to[0] ?? 0) - first);
    for (let at = first; at < (to[0] ?? 0); at += 1) starts[at - first] = times[0]?.[at] ?? 0;
    for (let step = 1; step < steps.length; step += 1) {
      const { length = Infinity, ofFirst = false } = limits[step] ?? {};
      const list = times[step] ?? none;
      const listBefore = times[step - 1] ?? none;
      const begin = from[step] ?? 0;
      const end = to[step] ?? 0;
      const beginBefore = from[step - 1] ?? 0;
      const endBefore = to[step - 1] ?? 0;
      turn(end - begin);
      let before = beginBefore;
      let last = -1;
      for (let at = begin; at < end; at += 1) {
        for (; before < endBefore && follows(lists, step, at, step - 1, before); before += 1) {
          if (!Number.isNaN(startsBefore[before - beginBefore])) last = before;
        }
        const start = last < 0 ? Number.NaN : (startsBefore[last - beginBefore] ?? 0);
        const since = last < 0 || ofFirst ? start : (listBefore[last] ?? 0);
        starts[at - begin] = (list[at] ?? 0) - since <= length ? start : Number.NaN;
      }
    }
    const lastStep = steps.length - 1;
    const begin = from[lastStep] ?? 0;
    const ends = to[lastStep] ?? 0;
    let stop = from[lastStep + 1] ?? 0;
    let holds = false;
    for (let at = begin; at < ends && !holds; at += 1) {
      if (Number.isNaN(starts[at - begin])) continue;
      if (!thenNot) holds = true;
      else {
        const stops = to[lastStep + 1] ?? 0;
        while (stop < stops && !follows(lists, lastStep + 1, stop, lastStep, at)) stop += 1;
        const end = (times[lastStep]?.[at] ?? 0) + freeFor;
        const isStopped = stop < stops && (times[lastStep + 1]?.[stop] ?? 0) <= end;
        holds = !isStopped && (freeFor === Infinity || now > end);
      }
    }
    return tied ? undefined : holds;
  };
}
