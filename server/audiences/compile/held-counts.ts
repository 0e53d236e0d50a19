import type { EventNode } from "@/core/audience/definition";
import type { Moment } from "@/core/audience/operators";
import { type TimeBounds, windowBounds } from "@/core/audience/window";
import { eventMemoryOf } from "@/server/audiences/event-lists/event-memory";
import type { HeldList } from "@/server/audiences/event-lists/held-list";
import { Pace } from "@/server/audiences/event-lists/pace";
import { stretchesOf } from "@/server/audiences/event-lists/stretches";
import { PeopleBits } from "@/server/event-store/people-bits";
import type { SetReader } from "./set-reader";

/**
 * The people with so many events of a condition that `asksOnlyWhen`, told by the list that is held in memory. Undefined where
 * none is; it is made meanwhile for whoever asks again. `key` says what is asked.
 */
export async function peopleWhoseHeldCount(
  { event, type, window }: EventNode,
  moment: Moment,
  { key, enough }: { key: string; enough: (count: number) => boolean },
  { store, options }: SetReader,
): Promise<PeopleBits | undefined> {
  if (window?.kind === "after") throw new Error("A window of each person's own has no bounds");
  const memory = eventMemoryOf(store);
  const pace = new Pace(options.signal);
  const lists = await memory.lists(store, [{ event, type }], options);
  const [list] = lists ?? [];
  if (list === undefined) {
    memory.prepare(store, [{ event, type }]);
    return undefined;
  }
  const { from, to } = windowBounds(window, moment);
  const bounds = { from, to: Math.min(to, moment.now + 1) };
  return store.keptPeople(`held ${key}:${moment.timeZone}`, () => peopleIn(list, bounds, enough, pace));
}

async function peopleIn(
  list: HeldList,
  bounds: TimeBounds,
  enough: (count: number) => boolean,
  pace: Pace,
): Promise<PeopleBits> {
  const people = list.begins.length - 1;
  const words = new Uint32Array(Math.ceil(people / 32));
  for (const stretch of stretchesOf([{ from: 0, to: people }])) {
    gather(list, stretch, bounds, enough, words);
    await pace.rest();
  }
  return PeopleBits.ofWords(words);
}

function gather(
  { begins, times, latest }: HeldList,
  people: { from: number; to: number },
  { from, to }: TimeBounds,
  enough: (count: number) => boolean,
  words: Uint32Array,
): void {
  const isBounded = from !== -Infinity || latest >= to;
  for (let person = people.from; person < people.to; person += 1) {
    let first = begins[person] ?? 0;
    let end = begins[person + 1] ?? 0;
    if (isBounded) {
      while (first < end && (times[first] ?? 0) < from) first += 1;
      while (end > first && (times[end - 1] ?? 0) >= to) end -= 1;
    }
    if (enough(end - first)) words[person >>> 5] = (words[person >>> 5] ?? 0) | (1 << (person & 31));
  }
}
