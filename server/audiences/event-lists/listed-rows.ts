import { placeOf, timeOf } from "@/core/funnel/packed-events";
import type { PersonLists } from "@/core/funnel/person-lists";
import { type Run, rowOf } from "./event-runs";
import { orderEvents, orderTimes } from "./order-events";

/** The events of a few people at a time, in lists: few enough that they stay near the processor. */
export class ListedRows {
  #times = new Float64Array(0);
  /** Undefined where arrivals are not read. */
  #arrivals: Float64Array | undefined;
  /** Where each list begins, and after the last one where it ends: those of the first step person by person, then those of the next. */
  #begins = new Uint32Array(0);
  #people = 0;
  #rows = new Uint32Array(0);
  /** For each person whether they are wanted, and for each row that is gone through the list that it belongs to. */
  #wanted = new Uint8Array(0);
  #listOf = new Uint32Array(0);
  #lists: PersonLists;

  constructor(
    readonly runs: readonly Run[],
    readonly steps: number,
    readonly hasArrivals: boolean,
  ) {
    this.#arrivals = hasArrivals ? new Float64Array(0) : undefined;
    this.#lists = this.#listsOf();
  }

  /** Lists the events of the people from one number to just before another, of those who are wanted by their place among them. */
  open(from: number, to: number, isWanted: (person: number) => boolean): void {
    const people = to - from;
    const lists = people * this.steps;
    this.#people = people;
    // One place late while events are counted and put: each moves on to where the next list begins.
    if (this.#begins.length < lists + 2) this.#begins = new Uint32Array(lists + 2);
    const begins = this.#begins.fill(0, 0, lists + 2);
    if (this.#wanted.length < people) this.#wanted = new Uint8Array(people);
    for (let person = 0; person < people; person += 1) this.#wanted[person] = isWanted(person) ? 1 : 0;
    this.#count(begins, from, people);
    let rows = 0;
    for (let list = 1; list < lists + 2; list += 1) {
      const events = begins[list] ?? 0;
      begins[list] = rows;
      rows += events;
    }
    if (this.#times.length < rows) {
      this.#times = new Float64Array(Math.ceil(rows * 1.25));
      this.#arrivals = this.hasArrivals ? new Float64Array(this.#times.length) : undefined;
      this.#lists = this.#listsOf();
    }
    this.#place(begins);
    this.#order(lists);
  }

  /** The lists of a person by their place among those who are open; overwritten by the next call. */
  of(person: number): PersonLists {
    const lists = this.#lists;
    const begins = this.#begins;
    for (let step = 0, list = person; step < this.steps; step += 1, list += this.#people) {
      lists.from[step] = begins[list] ?? 0;
      lists.to[step] = begins[list + 1] ?? 0;
    }
    return lists;
  }

  #listsOf(): PersonLists {
    const { steps } = this;
    const all = (column: Float64Array) => Array.from({ length: steps }, () => column);
    return {
      times: all(this.#times),
      arrivals: this.#arrivals && all(this.#arrivals),
      from: new Uint32Array(steps),
      to: new Uint32Array(steps),
    };
  }

  /** Notes for each run the row at which these people's begin, and the one after their last. */
  #count(begins: Uint32Array, from: number, people: number): void {
    if (this.#rows.length < this.runs.length * 2) this.#rows = new Uint32Array(this.runs.length * 2);
    const wanted = this.#wanted;
    let noted = 0;
    for (let index = 0; index < this.runs.length; index += 1) {
      const run = this.runs[index];
      if (run === undefined) continue;
      const { events, step, to } = run;
      const offset = run.base - from;
      const first = rowOf(from, run);
      let end = first;
      while (end < to && placeOf(events, end) + offset < people) end += 1;
      this.#rows[index * 2] = first;
      this.#rows[index * 2 + 1] = end;
      const listOf = this.#roomFor(noted + end - first);
      for (let row = first; row < end; row += 1) {
        const person = placeOf(events, row) + offset;
        const list = wanted[person] === 1 ? step * people + person + 1 : noList;
        listOf[noted] = list;
        noted += 1;
        if (list !== noList) begins[list] = (begins[list] ?? 0) + 1;
      }
    }
  }

  #roomFor(rows: number): Uint32Array {
    if (this.#listOf.length < rows) {
      const larger = new Uint32Array(rows * 2);
      larger.set(this.#listOf);
      this.#listOf = larger;
    }
    return this.#listOf;
  }

  #place(begins: Uint32Array): void {
    const times = this.#times;
    const arrivals = this.#arrivals;
    const listOf = this.#listOf;
    let noted = 0;
    for (let index = 0; index < this.runs.length; index += 1) {
      const run = this.runs[index];
      if (run === undefined) continue;
      const { events } = run;
      const end = this.#rows[index * 2 + 1] ?? 0;
      for (let row = this.#rows[index * 2] ?? 0; row < end; row += 1) {
        const list = listOf[noted] ?? noList;
        noted += 1;
        if (list === noList) continue;
        const at = begins[list] ?? 0;
        begins[list] = at + 1;
        times[at] = timeOf(events, row);
        if (arrivals && run.arrivals) arrivals[at] = run.arrivals.getFloat64(row * 8, true);
      }
    }
  }

  /** Puts the lists in Order. They come in runs that are: month by month, and in each part of the store. */
  #order(lists: number): void {
    const begins = this.#begins;
    const times = this.#times;
    const arrivals = this.#arrivals;
    for (let list = 0; list < lists; list += 1) {
      const from = begins[list] ?? 0;
      const to = begins[list + 1] ?? 0;
      if (arrivals) orderEvents(times, arrivals, from, to);
      else orderTimes(times, from, to);
    }
  }
}

/** The list of a row that nobody wants; that of one that is wanted is 1 or more. */
const noList = 0;
