import type { ChainEvents } from "@/core/funnel/chain";
import type { Pace } from "@/server/audiences/event-lists/pace";
import type { NativeBlock } from "@/server/event-store/native";

/** Columns of events that are used for one part of the people after the other. */
class Columns {
  times = new Float64Array(0);
  arrivals = new Float64Array(0);
  fits = new Int32Array(0);
  kills = new Int32Array(0);
  tags = new Int32Array(0);

  reserve(rows: number): void {
    if (rows <= this.times.length) return;
    const room = Math.ceil(rows * 1.25);
    this.times = new Float64Array(room);
    this.arrivals = new Float64Array(room);
    this.fits = new Int32Array(room);
    this.kills = new Int32Array(room);
    this.tags = new Int32Array(room);
  }
}

/** The events of some people, to be had person by person and in Order. One part of the people replaces the other. */
export class PersonRows {
  readonly #columns = new Columns();
  readonly #values = new Map<string, number>([["", 0]]);
  /** The texts of the values by their numbers. */
  readonly values: string[] = [""];
  /** Where the events of each person begin, and after them where those of the last one end. */
  begins = new Uint32Array(1);
  /** The first person's number. */
  from = 0;

  constructor(readonly has: { kills: boolean; values: boolean }) {}

  get events(): ChainEvents {
    return this.#columns;
  }

  /** For each event the number of its value, where a property tells people apart. */
  get tags(): Int32Array {
    return this.#columns.tags;
  }

  /** Takes the events of the people from one number to just before another, and puts them in their places. */
  async take(blocks: readonly NativeBlock[], from: number, to: number, pace: Pace): Promise<void> {
    this.from = from;
    const people = to - from;
    // Begins are one place late while events are counted and put: each moves on to where the next person's begin.
    if (this.begins.length < people + 2) this.begins = new Uint32Array(people + 2);
    const begins = this.begins.subarray(0, people + 2).fill(0);
    for (const block of blocks) {
      count(block, begins, from);
      await pace.rest();
    }
    let rows = 0;
    for (let person = 1; person < begins.length; person += 1) {
      const events = begins[person] ?? 0;
      begins[person] = rows;
      rows += events;
    }
    this.#columns.reserve(rows);
    for (const block of blocks) {
      this.#place(block, begins, from);
      await pace.rest();
    }
    this.begins = begins.subarray(0, people + 1);
    for (let person = 0; person < people; person += 1) {
      const [begin, end] = [begins[person] ?? 0, begins[person + 1] ?? 0];
      if (end - begin > 1) this.#order(begin, end);
      if ((person & 1023) === 0) await pace.rest();
    }
  }

  /** Each event goes behind those of its person that are there already. */
  #place(block: NativeBlock, begins: Uint32Array, from: number): void {
    const { times, arrivals, fits, kills, tags } = this.#columns;
    const profile = block.view("profile", "UInt32");
    const time = block.view("time", "Float64");
    const arrival = block.view("arrival", "Float64");
    const fit = block.view("fits", "UInt32");
    const kill = this.has.kills ? block.view("kills", "UInt32") : undefined;
    const texts = this.has.values ? block.texts("value") : undefined;
    for (let row = 0; row < block.rows; row += 1) {
      const person = profile.getUint32(row * 4, true) - from + 1;
      const at = begins[person] ?? 0;
      begins[person] = at + 1;
      times[at] = time.getFloat64(row * 8, true);
      arrivals[at] = arrival.getFloat64(row * 8, true);
      fits[at] = fit.getUint32(row * 4, true);
      if (kill) kills[at] = kill.getUint32(row * 4, true);
      if (texts) tags[at] = this.#numberOf(texts.at(row));
    }
  }

  #numberOf(text: string): number {
    const known = this.#values.get(text);
    if (known !== undefined) return known;
    this.#values.set(text, this.values.length);
    return this.values.push(text) - 1;
  }

  /** Sorts the events of one person. They come in runs that are in Order already. */
  #order(from: number, to: number): void {
    if (to - from > few) {
      this.#orderMany(from, to);
      return;
    }
    const { times, arrivals, fits, kills, tags } = this.#columns;
    const { kills: hasKills, values: hasValues } = this.has;
    for (let next = from + 1; next < to; next += 1) {
      const time = times[next] ?? 0;
      const arrival = arrivals[next] ?? 0;
      const before = times[next - 1] ?? 0;
      if (before < time || (before === time && (arrivals[next - 1] ?? 0) < arrival)) continue;
      const fit = fits[next] ?? 0;
      const kill = hasKills ? (kills[next] ?? 0) : 0;
      const tag = hasValues ? (tags[next] ?? 0) : 0;
      let at = next;
      for (; at > from; at -= 1) {
        const earlier = times[at - 1] ?? 0;
        if (earlier < time || (earlier === time && (arrivals[at - 1] ?? 0) < arrival)) break;
        times[at] = earlier;
        arrivals[at] = arrivals[at - 1] ?? 0;
        fits[at] = fits[at - 1] ?? 0;
        if (hasKills) kills[at] = kills[at - 1] ?? 0;
        if (hasValues) tags[at] = tags[at - 1] ?? 0;
      }
      times[at] = time;
      arrivals[at] = arrival;
      fits[at] = fit;
      if (hasKills) kills[at] = kill;
      if (hasValues) tags[at] = tag;
    }
  }

  #orderMany(from: number, to: number): void {
    const { times, arrivals, fits, kills, tags } = this.#columns;
    const positions = Uint32Array.from({ length: to - from }, (_, index) => from + index);
    positions.sort(
      (one, other) => (times[one] ?? 0) - (times[other] ?? 0) || (arrivals[one] ?? 0) - (arrivals[other] ?? 0),
    );
    const { kills: hasKills, values: hasValues } = this.has;
    for (const column of [times, arrivals, fits, ...(hasKills ? [kills] : []), ...(hasValues ? [tags] : [])]) {
      column.set(
        Float64Array.from(positions, (position) => column[position] ?? 0),
        from,
      );
    }
  }
}

/** Up to so many events of a person are moved one by one. */
const few = 48;

function count(block: NativeBlock, begins: Uint32Array, from: number): void {
  const profile = block.view("profile", "UInt32");
  for (let row = 0; row < block.rows; row += 1) {
    const person = profile.getUint32(row * 4, true) - from + 1;
    begins[person] = (begins[person] ?? 0) + 1;
  }
}
