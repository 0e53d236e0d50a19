import type { FunnelFigures } from "../api/funnels";
import type { JsonValue } from "../event/message";
import type { Chain } from "./chain";
import type { ChainPlan } from "./chain-plan";
import { EntryPeriods } from "./entry-periods";
import type { EntryUnit } from "./figure";
import { groupKey } from "./group";
import { FunnelTally } from "./tally";

interface SurveyWishes {
  /** Whether people are told apart by a breakdown. */
  breakdown: boolean;
  overTime: EntryUnit | undefined;
  /** IANA name of the workspace's zone. */
  timeZone: string;
}

/** Gathers every figure of a funnel, person by person. */
export class FunnelSurvey {
  readonly #all: FunnelTally;
  readonly #groups = new Map<string, { value: JsonValue; tally: FunnelTally }>();
  readonly #periods: EntryPeriods | undefined;

  constructor(
    readonly plan: ChainPlan,
    readonly wishes: SurveyWishes,
  ) {
    this.#all = new FunnelTally(plan.steps, plan.optional);
    const { overTime, timeZone } = wishes;
    this.#periods = overTime && new EntryPeriods(overTime, timeZone, plan.steps);
  }

  /** Counts one person, who need not have entered. `value` is that of the breakdown. */
  add(chain: Chain, times: Float64Array, now: number, value: JsonValue): void {
    if (chain.depth === 0) return;
    const open = isOpen(this.plan, chain, times, now);
    this.#all.add(chain, times, open);
    this.#periods?.add(chain, times, open);
    if (this.wishes.breakdown) this.#tallyOf(value).add(chain, times, open);
  }

  /** All figures; at most so many groups, the largest. Counts are multiplied by `scale`. */
  figures(labels: readonly string[], { groups, scale }: { groups: number; scale: number }): FunnelFigures {
    const largest = [...this.#groups]
      .sort(([one, a], [other, b]) => b.tally.entered - a.tally.entered || (one < other ? -1 : 1))
      .slice(0, groups);
    return {
      ...this.#all.figures(labels, scale),
      ...(this.wishes.breakdown && {
        breakdown: largest.map(([, { value, tally }]) => ({ value, steps: tally.figures(labels, scale).steps })),
        breakdownGroups: this.#groups.size,
      }),
      ...(this.#periods && { overTime: this.#periods.figures(scale) }),
    };
  }

  #tallyOf(value: JsonValue): FunnelTally {
    const key = groupKey(value);
    const known = this.#groups.get(key);
    if (known) return known.tally;
    const tally = new FunnelTally(this.plan.steps, this.plan.optional);
    this.#groups.set(key, { value, tally });
    return tally;
  }
}

/** Whether the window of a person's chain has not closed at `now`: they may still get further. */
export function isOpen({ windowMs }: ChainPlan, { events }: Chain, times: Float64Array, now: number): boolean {
  return now <= (times[events[0] ?? 0] ?? 0) + windowMs;
}
