import type { FunnelHistogram, FunnelTimes } from "../api/funnels";
import { unitSeconds } from "../duration";
import { quantiles } from "./quantile";

/** Widths of a histogram's buckets, in seconds: those that people think in. */
const { minute, hour, day, week } = unitSeconds;
const widths = [
  ...[1, 2, 5, 10, 30],
  ...[1, 2, 5, 10, 30].map((minutes) => minutes * minute),
  ...[1, 2, 4, 6, 12].map((hours) => hours * hour),
  ...[1, 2, 3].map((days) => days * day),
  ...[1, 2, 4].map((weeks) => weeks * week),
];
const widest = 4 * week;

/** Nine of ten fall into so many buckets; the rest into a few more, of which the last has no end. */
const bucketsOfMost = 12;
const bucketsBeyond = 4;

/** Milliseconds. */
interface Spread {
  mean: number;
  median: number;
  p90: number;
  longest: number;
}

/** The first values have little room, and once there are many each further array is of this length: none is ever copied. */
const firstRoom = 16;
const mostRoom = 32_768;

/** Times in milliseconds, gathered one by one. */
export class Durations {
  readonly #full: Float64Array[] = [];
  #values = new Float64Array(firstRoom);
  #length = 0;
  /** What is said of all values, found once. */
  #spread: Spread | undefined;

  add(milliseconds: number): void {
    if (this.#length === this.#values.length) {
      this.#full.push(this.#values);
      this.#values = new Float64Array(Math.min(mostRoom, this.#values.length * 2));
      this.#length = 0;
    }
    this.#values[this.#length] = milliseconds;
    this.#length += 1;
    this.#spread = undefined;
  }

  /** In seconds; undefined when none was gathered. */
  times(): FunnelTimes | undefined {
    if (this.#length === 0) return undefined;
    const { mean, median, p90 } = this.#spreadOf();
    return { mean: mean / 1000, median: median / 1000, p90: p90 / 1000 };
  }

  /** How many took how long, in buckets as wide as the times want; undefined when none was gathered. */
  histogram(): FunnelHistogram | undefined {
    if (this.#length === 0) return undefined;
    const { p90, longest } = this.#spreadOf();
    const most = p90 / 1000;
    const width =
      widths.find((seconds) => seconds * bucketsOfMost >= most) ?? Math.ceil(most / widest / bucketsOfMost) * widest;
    const needed = Math.floor(longest / 1000 / width) + 1;
    const people = new Array<number>(Math.min(needed, Math.floor(most / width) + 1 + bucketsBeyond)).fill(0);
    for (const values of this.#all()) countBuckets(values, width, people);
    return { edges: people.map((_, bucket) => bucket * width), people };
  }

  #all(): Float64Array[] {
    return [...this.#full, this.#values.subarray(0, this.#length)];
  }

  #spreadOf(): Spread {
    if (this.#spread) return this.#spread;
    const all = this.#all();
    let sum = 0;
    let count = 0;
    for (const values of all) {
      sum += sumOf(values);
      count += values.length;
    }
    const [median = 0, p90 = 0, longest = 0] = quantiles(all, [0.5, 0.9, 1]);
    this.#spread = { mean: sum / count, median, p90, longest };
    return this.#spread;
  }
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) sum += values[at] ?? 0;
  return sum;
}

/** Widths are seconds; the last bucket has no end. */
function countBuckets(values: Float64Array, width: number, people: number[]): void {
  const last = people.length - 1;
  for (let at = 0; at < values.length; at += 1) {
    const bucket = Math.min(last, Math.floor((values[at] ?? 0) / 1000 / width));
    people[bucket] = (people[bucket] ?? 0) + 1;
  }
}
