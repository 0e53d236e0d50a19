import type { TimeBounds } from "@/core/audience/window";
import type { PersonLists } from "@/core/funnel/person-lists";
import { beginOf, type HeldList } from "./held-list";

/** The events of one person after the other, of lists of everybody's. */
export class HeldEvents {
  readonly #lists: PersonLists;

  /** Of those up to `now`, and of the first list those in `first` alone. */
  constructor(
    readonly held: readonly HeldList[],
    readonly now: number,
    readonly first: TimeBounds = { from: -Infinity, to: Infinity },
  ) {
    const times = held.map((list) => list.times);
    this.#lists = { times, arrivals: undefined, from: new Uint32Array(held.length), to: new Uint32Array(held.length) };
  }

  /** Overwritten by the next call. */
  of(person: number): PersonLists {
    const lists = this.#lists;
    const { held, now } = this;
    for (let step = 0; step < held.length; step += 1) {
      const list = held[step];
      if (list === undefined) continue;
      lists.from[step] = beginOf(list, person);
      let to = beginOf(list, person + 1);
      if (list.latest > now) {
        while (to > (lists.from[step] ?? 0) && (list.times[to - 1] ?? 0) > now) to -= 1;
      }
      lists.to[step] = to;
    }
    this.#boundFirst();
    return lists;
  }

  #boundFirst(): void {
    const { from: earliest, to: before } = this.first;
    if (earliest === -Infinity && before === Infinity) return;
    const [times] = this.#lists.times;
    if (times === undefined) return;
    let from = this.#lists.from[0] ?? 0;
    let to = this.#lists.to[0] ?? 0;
    while (from < to && (times[from] ?? 0) < earliest) from += 1;
    while (to > from && (times[to - 1] ?? 0) >= before) to -= 1;
    this.#lists.from[0] = from;
    this.#lists.to[0] = to;
  }
}
