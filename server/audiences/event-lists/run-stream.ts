import { type PackedEvents, placeOf, timeOf } from "@/core/funnel/packed-events";
import type { Run } from "./event-runs";

/** Runs of one step of which each begins where the one before ends or later: one way through them by ascending people. */
export class RunStream {
  readonly #runs: Run[] = [];
  /** The place that the last run ends with. */
  #last = -1;
  #next = 0;
  #events: PackedEvents = new DataView(new ArrayBuffer(0));
  #row = 0;
  #to = 0;
  /** The person of the event that is next, by their place; Infinity after the last. */
  place = Infinity;

  /** Whether the run can follow those that there are, and does. */
  follows(run: Run): boolean {
    if (run.from >= run.to) return true;
    if (placeOf(run.events, run.from) < this.#last) return false;
    this.#runs.push(run);
    this.#last = placeOf(run.events, run.to - 1);
    if (this.place === Infinity) this.#openNext();
    return true;
  }

  /** The time of the event that is next, and goes on to the one after it. */
  take(): number {
    const time = timeOf(this.#events, this.#row);
    this.#row += 1;
    if (this.#row < this.#to) this.place = placeOf(this.#events, this.#row);
    else this.#openNext();
    return time;
  }

  #openNext(): void {
    const run = this.#runs[this.#next];
    this.#next += 1;
    if (run === undefined) {
      this.place = Infinity;
      return;
    }
    this.#events = run.events;
    this.#row = run.from;
    this.#to = run.to;
    this.place = placeOf(run.events, run.from);
  }
}

/** The fewest ways through runs of one step, taken as they come: one for each month and part of the store. */
export function streamsOf(runs: readonly Run[]): RunStream[] {
  const streams: RunStream[] = [];
  for (const run of runs) {
    if (streams.at(-1)?.follows(run)) continue;
    const stream = new RunStream();
    stream.follows(run);
    streams.push(stream);
  }
  return streams;
}
