import type { FunnelHistogram, FunnelStepResult, FunnelTimes } from "../api/funnels";
import type { Chain } from "./chain";
import { lastRequiredBefore } from "./chain-plan";
import { Durations } from "./durations";

interface TallyFigures {
  steps: FunnelStepResult[];
  /** Time from the first step to the last of those who got there; absent for one step, and where nobody did. */
  startToEnd: FunnelTimes | undefined;
  timeToConvert: FunnelHistogram | undefined;
}

/** Counts people by what became of their chains. */
export class FunnelTally {
  readonly #people: number[];
  readonly #dropped: number[];
  readonly #pending: number[];
  /** For each step the times from the step before it that was reached. */
  readonly #gaps: readonly Durations[];
  readonly #startToEnd = new Durations();

  /** `optional`: the steps that may be skipped, as bits. */
  constructor(
    readonly steps: number,
    readonly optional: number,
  ) {
    const zeros = () => Array.from({ length: steps }, () => 0);
    this.#people = zeros();
    this.#dropped = zeros();
    this.#pending = zeros();
    this.#gaps = Array.from({ length: steps }, () => new Durations());
  }

  /** Counts somebody who entered. `open`: the chain's window has not closed. */
  add({ depth, length, events, steps, reached }: Chain, times: Float64Array, open: boolean): void {
    for (let step = 0; step < this.steps; step += 1) {
      if ((reached & (1 << step)) !== 0) this.#people[step] = (this.#people[step] ?? 0) + 1;
    }
    if (depth < this.steps) {
      this.#dropped[depth - 1] = (this.#dropped[depth - 1] ?? 0) + 1;
      if (open) this.#pending[depth - 1] = (this.#pending[depth - 1] ?? 0) + 1;
    }
    const start = times[events[0] ?? 0] ?? 0;
    let before = start;
    for (let position = 1; position < length; position += 1) {
      const time = times[events[position] ?? 0] ?? 0;
      this.#gaps[steps[position] ?? 0]?.add(time - before);
      before = time;
    }
    if (depth === this.steps && length > 1) this.#startToEnd.add(before - start);
  }

  /** People who entered. */
  get entered(): number {
    return this.#people[0] ?? 0;
  }

  /** Times in seconds, conversions as fractions. Counts are multiplied by `scale`. */
  figures(labels: readonly string[], scale: number): TallyFigures {
    const people = (step: number) => (this.#people[step] ?? 0) * scale;
    const scaled = (histogram: FunnelHistogram | undefined) =>
      histogram && { ...histogram, people: histogram.people.map((count) => count * scale) };
    return {
      steps: labels.map((label, step) => ({
        label,
        people: people(step),
        fromFirst: fraction(people(step), people(0)),
        fromPrevious: fraction(people(step), people(step === 0 ? 0 : lastRequiredBefore(step, this.optional))),
        dropped: (this.#dropped[step] ?? 0) * scale,
        pending: (this.#pending[step] ?? 0) * scale,
        seconds: this.#gaps[step]?.times(),
        histogram: scaled(this.#gaps[step]?.histogram()),
      })),
      startToEnd: this.#startToEnd.times(),
      timeToConvert: scaled(this.#startToEnd.histogram()),
    };
  }
}

/** Share of those who could have; null where nobody could. */
function fraction(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
