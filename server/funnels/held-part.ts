import type { Chain } from "@/core/funnel/chain";
import { listedChains } from "@/core/funnel/listed-chains";
import { HeldEvents } from "@/server/audiences/event-lists/held-events";
import type { HeldList } from "@/server/audiences/event-lists/held-list";
import type { FunnelQuery } from "./funnel-query";
import type { ReadPart } from "./read-part";

/** Everybody's events, a list for each step, as they are held in memory. */
export class HeldPart implements ReadPart {
  readonly groupOf = undefined;
  readonly times: Float64Array;
  readonly #events: HeldEvents;
  readonly #finders;

  constructor(lists: readonly HeldList[], { plans, context }: FunnelQuery) {
    this.times = new Float64Array(lists.length);
    this.#events = new HeldEvents(lists, context.now);
    this.#finders = plans.map((plan) => listedChains(plan, this.times));
  }

  open(): void {}

  chainOf(profile: number, plan: number): Chain | undefined {
    return this.#finders[plan]?.(this.#events.of(profile));
  }
}
