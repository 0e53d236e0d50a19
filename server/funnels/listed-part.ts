import type { Chain } from "@/core/funnel/chain";
import { listedChains } from "@/core/funnel/listed-chains";
import type { Run } from "@/server/audiences/event-lists/event-runs";
import { ListedRows } from "@/server/audiences/event-lists/listed-rows";
import type { FunnelQuery } from "./funnel-query";
import type { ReadPart } from "./read-part";

/** A part of the people whose events each fit one step. */
export class ListedPart implements ReadPart {
  readonly groupOf = undefined;
  readonly #rows: ListedRows;
  readonly #finders;
  readonly times: Float64Array;
  #from = 0;

  constructor(
    runs: readonly Run[],
    readonly query: FunnelQuery,
    arrivals: boolean,
  ) {
    const { plans } = query;
    this.#rows = new ListedRows(runs, plans[0].steps, arrivals);
    this.times = new Float64Array(plans[0].steps);
    this.#finders = plans.map((plan) => listedChains(plan, this.times));
  }

  open(from: number, to: number): void {
    this.#from = from;
    this.#rows.open(from, to, () => true);
  }

  chainOf(profile: number, plan: number): Chain | undefined {
    return this.#finders[plan]?.(this.#rows.of(profile - this.#from));
  }
}
