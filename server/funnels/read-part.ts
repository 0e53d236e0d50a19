import type { Chain } from "@/core/funnel/chain";
import type { groupOfEvent } from "./groups";

/** The events of some people in memory, from which each one's chain can be found. */
export interface ReadPart {
  /** To be called before the chains of the people from one number to just before another, few enough of them (`stretchesOf`), are asked for. */
  open(from: number, to: number): void;
  /** Milliseconds since the epoch of the events that chains name by their positions. */
  readonly times: Float64Array;
  /** A person's chain by one of the query's plans; undefined where what was read does not tell. */
  chainOf(profile: number, plan: number): Chain | undefined;
  /** The value of a breakdown by a property; undefined for any other breakdown. */
  readonly groupOf: ReturnType<typeof groupOfEvent>;
}
