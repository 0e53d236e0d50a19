import type { ListedEvents } from "@/core/funnel/listed-chains";
import { placeOf, timeOf } from "@/core/funnel/packed-events";
import { type Run, rowOf } from "./event-runs";

/** The events of a few people at a time, in lists: few enough that they stay near the processor. */
export class ListedRows implements ListedEvents {
  times = new Float64Array(0);
  arrivals: Float64Array | undefined;
  begins = new Uint32Array(0);
  #counts = new Uint32Array(0);
  #rows = new Uint32Array(0);
  /** For each person whether they are wanted, and for each row that is gone through the list that it belongs to. */
  #wanted = new Uint8Array(0);
  #listOf = new Uint32Array(0);

  constructor(
    readonly runs: readonly Run[],
    readonly steps: number,
    readonly hasArrivals: boolean,
  ) {}

  /** Lists the events of the people from one number to just before another, of those who are wanted by their place among them. */
  open(from: number, to: number, isWanted: (person: number) => boolean): void {
    const lists = (to - from) * this.steps;
    // One place late while events are counted and put: each moves on to where the next list begins.
    if (this.#counts.length < lists + 2) this.#counts = new Uint32Array(lists + 2);
    const begins = this.#counts.fill(0, 0, lists + 2);
    const people = to - from;
    if (this.#wanted.length < people) this.#wanted = new Uint8Array(people);
    for (let person = 0; person < people; person += 1) this.#wanted[person] = isWanted(person) ? 1 : 0;
    this.#count(begins, from, people);
    let rows = 0;
    for (let list = 1; list < lists + 2; list += 1) {
      const events = begins[list] ?? 0;
      begins[list] = rows;
      rows += events;
    }
    if (this.times.length < rows) this.times = new Float64Array(Math.ceil(rows * 1.25));
    if (!this.hasArrivals) this.arrivals = undefined;
    else if (!this.arrivals || this.arrivals.length < rows) this.arrivals = new Float64Array(this.times.length);
    this.#place(begins);
    this.begins = begins;
    this.#order(lists);
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
        const list = wanted[person] === 1 ? person * this.steps + step + 1 : noList;
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
    const { times, arrivals } = this;
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
    const { begins, times, arrivals } = this;
    for (let list = 0; list < lists; list += 1) {
      const from = begins[list] ?? 0;
      const to = begins[list + 1] ?? 0;
      if (to - from < 2) continue;
      if (to - from > few) orderMany(times, arrivals, from, to);
      else if (arrivals) orderFew(times, arrivals, from, to);
      else orderFewTimes(times, from, to);
    }
  }
}

/** The list of a row that nobody wants; that of one that is wanted is 1 or more. */
const noList = 0;

/** Up to so many events of a list are moved one by one. */
const few = 48;

function orderFewTimes(times: Float64Array, from: number, to: number): void {
  for (let next = from + 1; next < to; next += 1) {
    const time = times[next] ?? 0;
    let at = next;
    for (; at > from && (times[at - 1] ?? 0) > time; at -= 1) times[at] = times[at - 1] ?? 0;
    times[at] = time;
  }
}

function orderFew(times: Float64Array, arrivals: Float64Array, from: number, to: number): void {
  for (let next = from + 1; next < to; next += 1) {
    const time = times[next] ?? 0;
    const arrival = arrivals[next] ?? 0;
    let at = next;
    for (; at > from; at -= 1) {
      const earlier = times[at - 1] ?? 0;
      if (earlier < time || (earlier === time && (arrivals[at - 1] ?? 0) < arrival)) break;
      times[at] = earlier;
      arrivals[at] = arrivals[at - 1] ?? 0;
    }
    times[at] = time;
    arrivals[at] = arrival;
  }
}

function orderMany(times: Float64Array, arrivals: Float64Array | undefined, from: number, to: number): void {
  if (!arrivals) {
    times.subarray(from, to).sort();
    return;
  }
  const positions = Uint32Array.from({ length: to - from }, (_, index) => from + index);
  positions.sort(
    (one, other) => (times[one] ?? 0) - (times[other] ?? 0) || (arrivals[one] ?? 0) - (arrivals[other] ?? 0),
  );
  for (const column of [times, arrivals]) {
    column.set(
      Float64Array.from(positions, (position) => column[position] ?? 0),
      from,
    );
  }
}
