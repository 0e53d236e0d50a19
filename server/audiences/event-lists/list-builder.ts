import type { NativeBlock } from "@/server/event-store/native";
import { type Run, runsOf } from "./event-runs";
import type { HeldList } from "./held-list";
import { orderTimes } from "./order-events";
import type { Pace } from "./pace";
import { type RunStream, streamsOf } from "./run-stream";
import type { Span } from "./spans";
import { stretchesOf } from "./stretches";

/** Makes lists of everybody's events, a part of the people after the other, in ascending order of their numbers. */
export class ListBuilder {
  readonly #begins: Uint32Array[];
  readonly #times: Float64Array[][];
  readonly #rows: number[];
  readonly #latest: number[];

  constructor(
    readonly lists: number,
    readonly people: number,
  ) {
    this.#begins = Array.from({ length: lists }, () => new Uint32Array(people + 1));
    this.#times = Array.from({ length: lists }, () => []);
    this.#rows = Array.from({ length: lists }, () => 0);
    this.#latest = Array.from({ length: lists }, () => -Infinity);
  }

  /** Takes the events of the people of a part, as `packedRows` tells them with the part's first as base: each step is a list. */
  async take(blocks: readonly NativeBlock[], part: Span, pace: Pace): Promise<void> {
    const ofList: Run[][] = Array.from({ length: this.lists }, () => []);
    for (const block of blocks) {
      for (const run of runsOf(block, { base: part.from, arrivals: false })) ofList[run.step]?.push(run);
      await pace.rest();
    }
    for (const [list, runs] of ofList.entries()) await this.#takeList(list, runs, part, pace);
  }

  /** What was taken of each list. */
  built(): HeldList[] {
    return this.#begins.map((begins, list) => {
      const rows = this.#rows[list] ?? 0;
      const times = new Float64Array(rows);
      let at = 0;
      for (const some of this.#times[list]?.splice(0) ?? []) {
        times.set(some, at);
        at += some.length;
      }
      begins[this.people] = rows;
      return { begins, times, latest: this.#latest[list] ?? -Infinity };
    });
  }

  async #takeList(list: number, runs: readonly Run[], { from: first, to: end }: Span, pace: Pace): Promise<void> {
    const begins = this.#begins[list];
    if (begins === undefined) return;
    const streams = streamsOf(runs);
    const times = new Float64Array(runs.reduce((sum, { from, to }) => sum + to - from, 0));
    const before = this.#rows[list] ?? 0;
    let rows = 0;
    for (const { from, to } of stretchesOf([{ from: 0, to: end - first }])) {
      rows = put(streams, { from, to }, times, rows, begins.subarray(first, end), before);
      await pace.rest();
    }
    this.#latest[list] = Math.max(this.#latest[list] ?? -Infinity, latestOf(times));
    this.#times[list]?.push(times);
    this.#rows[list] = before + rows;
    await pace.rest();
  }
}

/** Puts the events of some people in their places, and notes where each one's begin after so many rows `before`. Answers how many there are by then. */
function put(
  streams: readonly RunStream[],
  { from, to }: Span,
  times: Float64Array,
  done: number,
  begins: Uint32Array,
  before: number,
): number {
  let rows = done;
  for (let person = from; person < to; person += 1) {
    const begin = rows;
    begins[person] = before + begin;
    for (let index = 0; index < streams.length; index += 1) {
      const stream = streams[index];
      if (stream === undefined) continue;
      for (; stream.place === person; rows += 1) times[rows] = stream.take();
    }
    if (rows > begin + 1) orderTimes(times, begin, rows);
  }
  return rows;
}

function latestOf(times: Float64Array): number {
  let latest = -Infinity;
  for (let at = 0; at < times.length; at += 1) {
    const time = times[at] ?? 0;
    if (time > latest) latest = time;
  }
  return latest;
}
