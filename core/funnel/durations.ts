import type { FunnelHistogram, FunnelTimes } from "../api/funnels";
import { unitSeconds } from "../duration";
import { quantile } from "./quantile";

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

/** Times in milliseconds, gathered one by one. */
export class Durations {
  #values = new Float64Array(16);
  #length = 0;
  /** What is said of all values, found once. */
  #spread: Spread | undefined;

  add(milliseconds: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(this.#length * 2);
      larger.set(this.#values);
      this.#values = larger;
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
    const values = this.#values.subarray(0, this.#length);
    const { p90, longest } = this.#spreadOf();
    const most = p90 / 1000;
    const width =
      widths.find((seconds) => seconds * bucketsOfMost >= most) ?? Math.ceil(most / widest / bucketsOfMost) * widest;
    const needed = Math.floor(longest / 1000 / width) + 1;
    const count = Math.min(needed, Math.floor(most / width) + 1 + bucketsBeyond);
    const people = Array.from({ length: count }, () => 0);
    for (const value of values) {
      const bucket = Math.min(count - 1, Math.floor(value / 1000 / width));
      people[bucket] = (people[bucket] ?? 0) + 1;
    }
    return { edges: people.map((_, bucket) => bucket * width), people };
  }
  #spreadOf(): Spread {
    if (this.#spread) return this.#spread;
    const values = this.#values.subarray(0, this.#length);
    let sum = 0;
    let longest = 0;
    for (let at = 0; at < values.length; at += 1) {
      const value = values[at] ?? 0;
      sum += value;
      if (value > longest) longest = value;
    }
    const median = quantile(values, 0.5);
    const p90 = quantile(values, 0.9, Math.floor((values.length - 1) * 0.5));
    this.#spread = { mean: sum / values.length, median, p90, longest };
    return this.#spread;
  }
}
