import type { FunnelStepResult, FunnelTimes } from "../api/funnels";
import { mean, quantile } from "./quantile";

/** What a funnel needs to know of one person who entered it. */
export interface FunnelOutcome {
  /** Timestamps of the deciding chain's events, in milliseconds since the epoch: one for each step reached. */
  timestamps: readonly number[];
  /** Whether the chain's window was still open at `now`. */
  open: boolean;
}

export interface FunnelFigures {
  steps: FunnelStepResult[];
  /** Time from the first step to the last of those who got there; absent for one step, and where nobody did. */
  startToEnd?: FunnelTimes;
}

/** Figures of each step over all people who entered; times in seconds, conversions as fractions. */
export function summarizeFunnel(labels: readonly string[], outcomes: readonly FunnelOutcome[]): FunnelFigures {
  const reached = labels.map((_, step) => outcomes.filter(({ timestamps }) => timestamps.length > step));
  const steps = labels.map((label, step) => {
    const people = reached[step] ?? [];
    const last = step === labels.length - 1;
    const stopped = last ? [] : people.filter(({ timestamps }) => timestamps.length === step + 1);
    return {
      label,
      people: people.length,
      fromFirst: fraction(people.length, reached[0]?.length ?? 0),
      fromPrevious: fraction(people.length, reached[Math.max(0, step - 1)]?.length ?? 0),
      dropped: stopped.length,
      pending: stopped.filter(({ open }) => open).length,
      seconds: step === 0 || people.length === 0 ? undefined : times(people, step - 1, step),
    };
  });
  const end = labels.length - 1;
  const finished = reached[end] ?? [];
  return { steps, startToEnd: end === 0 || finished.length === 0 ? undefined : times(finished, 0, end) };
}

/** Share of those who could have; null where nobody could. */
export function fraction(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function times(people: readonly FunnelOutcome[], from: number, to: number): FunnelTimes {
  const seconds = people
    .map(({ timestamps }) => ((timestamps[to] ?? 0) - (timestamps[from] ?? 0)) / 1000)
    .sort((a, b) => a - b);
  return { mean: mean(seconds), median: quantile(seconds, 0.5), p90: quantile(seconds, 0.9) };
}
