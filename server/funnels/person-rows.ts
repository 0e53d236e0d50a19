import type { ChainEvents } from "@/core/funnel/chain";
import type { NativeBlock } from "@/server/event-store/native";
import type { Pace } from "./pace";

/** Above so many events of one person, numbers that stand for them are sorted rather than they themselves. */
const few = 40;

/** Events of the people from one number to just before another, as they come, to be had person by person and in Order. */
export class PersonRows {
  readonly #blocks: NativeBlock[] = [];
  /** Once sorted, where the events of each person begin, and after them where those of the last one end. */
  readonly begins: Uint32Array;
  readonly events: ChainEvents = { times: new Float64Array(0), fits: new Int32Array(0), kills: new Int32Array(0) };
  /** For each event the number of its value, where a property tells people apart. */
  tags = new Int32Array(0);
  #arrivals = new Float64Array(0);
  readonly #values = new Map<string, number>([["", 0]]);

  constructor(
    readonly from: number,
    to: number,
    readonly columns: { kills: boolean; values: boolean },
  ) {
    this.begins = new Uint32Array(to - from + 1);
  }

  add(block: NativeBlock): void {
    const profiles = block.numbers("profile");
    for (let row = 0; row < block.rows; row += 1) {
      const person = (profiles[row] ?? 0) - this.from + 1;
      this.begins[person] = (this.begins[person] ?? 0) + 1;
    }
    this.#blocks.push(block);
  }

  /** The texts of the values by their numbers. */
  get values(): readonly string[] {
    return [...this.#values.keys()];
  }

  /** Puts the events in their places. */
  async sort(pace: Pace): Promise<void> {
    const { begins } = this;
    let rows = 0;
    for (let person = 1; person < begins.length; person += 1) {
      const count = begins[person] ?? 0;
      begins[person] = rows;
      rows += count;
    }
    this.events.times = new Float64Array(rows);
    this.events.fits = new Int32Array(rows);
    if (this.columns.kills) this.events.kills = new Int32Array(rows);
    if (this.columns.values) this.tags = new Int32Array(rows);
    this.#arrivals = new Float64Array(rows);
    for (let block = this.#blocks.shift(); block; block = this.#blocks.shift()) {
      this.#place(block);
      await pace.rest();
    }
    let from = 0;
    for (let person = 1; person < begins.length; person += 1) {
      const to = begins[person] ?? 0;
      if (to - from > 1) this.#order(from, to);
      from = to;
      if ((person & 1023) === 0) await pace.rest();
    }
  }

  /** Each event goes behind those of its person that are there already. */
  #place(block: NativeBlock): void {
    const { begins, events, tags } = this;
    const [profiles, times, arrivals, fits] = ["profile", "time", "arrival", "fits"].map((name) => block.numbers(name));
    const kills = this.columns.kills ? block.numbers("kills") : undefined;
    const texts = this.columns.values ? block.texts("value") : undefined;
    for (let row = 0; row < block.rows; row += 1) {
      const person = (profiles?.[row] ?? 0) - this.from + 1;
      const at = begins[person] ?? 0;
      begins[person] = at + 1;
      events.times[at] = times?.[row] ?? 0;
      events.fits[at] = fits?.[row] ?? 0;
      this.#arrivals[at] = arrivals?.[row] ?? 0;
      if (kills) events.kills[at] = kills[row] ?? 0;
      if (texts) tags[at] = this.#numberOf(texts[row] ?? "");
    }
  }

  #numberOf(text: string): number {
    const known = this.#values.get(text);
    if (known !== undefined) return known;
    const number = this.#values.size;
    this.#values.set(text, number);
    return number;
  }

  /** Sorts the events of one person. They come in runs that are in Order already. */
  #order(from: number, to: number): void {
    if (to - from > few) {
      this.#orderMany(from, to);
      return;
    }
    const { times, fits, kills } = this.events;
    const arrivals = this.#arrivals;
    const { tags } = this;
    for (let at = from + 1; at < to; at += 1) {
      if (!this.#isLater(at - 1, at)) continue;
      const [time, arrival, fit] = [times[at] ?? 0, arrivals[at] ?? 0, fits[at] ?? 0];
      const [kill, tag] = [kills[at] ?? 0, tags[at] ?? 0];
      let to = at;
      for (; to > from; to -= 1) {
        const before = times[to - 1] ?? 0;
        if (before < time || (before === time && (arrivals[to - 1] ?? 0) < arrival)) break;
        times[to] = before;
        arrivals[to] = arrivals[to - 1] ?? 0;
        fits[to] = fits[to - 1] ?? 0;
        if (this.columns.kills) kills[to] = kills[to - 1] ?? 0;
        if (this.columns.values) tags[to] = tags[to - 1] ?? 0;
      }
      times[to] = time;
      arrivals[to] = arrival;
      fits[to] = fit;
      if (this.columns.kills) kills[to] = kill;
      if (this.columns.values) tags[to] = tag;
    }
  }

  #isLater(one: number, other: number): boolean {
    const { times } = this.events;
    const difference = (times[one] ?? 0) - (times[other] ?? 0);
    return difference > 0 || (difference === 0 && (this.#arrivals[one] ?? 0) > (this.#arrivals[other] ?? 0));
  }

  #orderMany(from: number, to: number): void {
    const positions = Uint32Array.from({ length: to - from }, (_, index) => from + index);
    positions.sort((one, other) => (this.#isLater(one, other) ? 1 : -1));
    const { times, fits, kills } = this.events;
    const columns = [times, fits, this.#arrivals, ...(this.columns.kills ? [kills] : []), this.tags];
    for (const column of columns) {
      if (column.length === 0) continue;
      const sorted = Float64Array.from(positions, (position) => column[position] ?? 0);
      column.set(sorted, from);
    }
  }
}
