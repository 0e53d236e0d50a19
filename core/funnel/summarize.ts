import type { FunnelStepResult } from "../api/funnels";
import { mean, quantile } from "./quantile";

/** What a funnel needs to know of one person who entered it. */
export interface FunnelOutcome {
  /** Timestamps of the deciding chain's events, in milliseconds since the epoch: one for each step reached. */
  timestamps: readonly number[];
  /** Whether the chain's window was still open at `now`. */
  open: boolean;
}

/** Figures of each step over all people who entered; times in seconds, conversions as fractions. */
export function summarizeFunnel(labels: readonly string[], outcomes: readonly FunnelOutcome[]): FunnelStepResult[] {
  const reached = labels.map((_, step) => outcomes.filter(({ timestamps }) => timestamps.length > step));
  return labels.map((label, step) => {
    const people = reached[step] ?? [];
    const last = step === labels.length - 1;
    const stopped = last ? [] : people.filter(({ timestamps }) => timestamps.length === step + 1);
    return {
      label,
      people: people.length,
      fromFirst: fraction(people.length, reached[0]?.length ?? 0),
      fromPrevious: step === 0 ? null : fraction(people.length, reached[step - 1]?.length ?? 0),
      dropped: stopped.length,
      pending: stopped.filter(({ open }) => open).length,
      seconds: step === 0 || people.length === 0 ? undefined : times(people, step),
    };
  });
}

/** Share of those who could have; null where nobody could. */
export function fraction(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function times(people: readonly FunnelOutcome[], step: number): FunnelStepResult["seconds"] {
  const seconds = people
    .map(({ timestamps }) => ((timestamps[step] ?? 0) - (timestamps[step - 1] ?? 0)) / 1000)
    .sort((a, b) => a - b);
  return { mean: mean(seconds), median: quantile(seconds, 0.5), p90: quantile(seconds, 0.9) };
}
