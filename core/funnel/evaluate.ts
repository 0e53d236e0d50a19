import { matchesEvent } from "../audience/match-event";
import type { Moment } from "../audience/operators";
import { type TimeBounds, windowBounds } from "../audience/window";
import { durationMs } from "../duration";
import type { HistoryMessage } from "../event/message";
import { deepestChain } from "./chain";
import type { FunnelDefinition } from "./definition";

/** How far one person got. */
export interface FunnelResult {
  /** The events of the deciding chain, one for each step reached; none for somebody who did not enter. */
  chain: readonly HistoryMessage[];
  /** Whether the chain's window has not closed at `now`: the person may still get further. */
  open: boolean;
}

/**
 * One person's result of a funnel at `moment.now`, from the person's messages in any order. Whether the person is
 * counted at all (`audienceId`, `definition`, `includeAnonymous`) is asked elsewhere.
 */
export function evaluateFunnel(
  funnel: FunnelDefinition,
  history: readonly HistoryMessage[],
  moment: Moment,
): FunnelResult {
  const events = history
    .filter(({ timestamp }) => timestamp <= moment.now)
    .sort((a, b) => a.timestamp - b.timestamp || a.arrival - b.arrival)
    .map((message) => ({
      message,
      timestamp: message.timestamp,
      fits: funnel.steps.map((step) => matchesEvent(step, message, moment)),
    }));
  const windowMs = funnel.window && durationMs(funnel.window);
  const chain = deepestChain(events, { steps: funnel.steps.length, windowMs, range: funnelRange(funnel, moment) });
  const [first] = chain;
  return {
    chain: chain.map(({ message }) => message),
    open: first !== undefined && (windowMs === null || moment.now <= first.timestamp + windowMs),
  };
}

/** The range in milliseconds since the epoch, from ≤ t < to. Throws for text that is no date. */
export function funnelRange({ range }: FunnelDefinition, moment: Moment): TimeBounds | null {
  return range ? windowBounds({ kind: "range", ...range }, moment) : null;
}
