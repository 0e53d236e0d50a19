import { matchesEvent } from "../audience/match-event";
import type { Moment } from "../audience/operators";
import { eventTypes, type HistoryMessage } from "../event/message";
import type { ChainEvents } from "./chain";
import { chainPlan } from "./chain-plan";
import { chainFinder } from "./find-chain";
import type { FunnelRules } from "./rules";

/** How far one person got. */
export interface FunnelResult {
  /** Number of the deepest step reached, from 1; 0 for somebody who did not enter. */
  depth: number;
  /** The numbers of the steps whose people they are one of: all that were reached, without the optional ones that were not done. */
  reached: readonly number[];
  /** The deciding chain: each event with the number of the step that it did. */
  chain: readonly { step: number; message: HistoryMessage }[];
  /** Whether the chain's window has not closed at `now`: the person may still get further. */
  open: boolean;
}

/**
 * One person's result of a funnel at `moment.now`, from the person's messages in any order. Whether the person is
 * counted at all (`audienceId`, `definition`, `includeAnonymous`) is asked elsewhere.
 */
export function evaluateFunnel(rules: FunnelRules, history: readonly HistoryMessage[], moment: Moment): FunnelResult {
  const { plan, chain, messages } = decidingChain(rules, history, moment);
  const done = Array.from(chain.events.subarray(0, chain.length)).flatMap((at, position) => {
    const message = messages[at];
    return message ? [{ step: (chain.steps[position] ?? 0) + 1, message }] : [];
  });
  const startedAt = done[0]?.message.timestamp;
  return {
    depth: chain.depth,
    reached: rules.steps.flatMap((_, step) => ((chain.reached & (1 << step)) === 0 ? [] : [step + 1])),
    chain: done,
    open: startedAt !== undefined && moment.now <= startedAt + plan.windowMs,
  };
}

/** The chain that decides a person's result, with the events, in Order, whose positions it names. */
export function decidingChain(rules: FunnelRules, history: readonly HistoryMessage[], moment: Moment) {
  const plan = chainPlan(rules, moment);
  const messages = history
    .filter(({ type, timestamp }) => timestamp <= moment.now && eventTypes.some((name) => name === type))
    .sort((a, b) => a.timestamp - b.timestamp || a.arrival - b.arrival);
  const events = chainEvents(rules, plan.kills, messages, moment);
  return { plan, messages, events, chain: chainFinder(plan)(events, 0, messages.length) };
}

function chainEvents(
  { steps, exclude = [] }: FunnelRules,
  kills: readonly number[],
  messages: readonly HistoryMessage[],
  moment: Moment,
): ChainEvents {
  return {
    times: Float64Array.from(messages, ({ timestamp }) => timestamp),
    fits: Int32Array.from(messages, (message) =>
      steps.reduce((set, step, index) => (matchesEvent(step, message, moment) ? set | (1 << index) : set), 0),
    ),
    kills: Int32Array.from(messages, (message) =>
      exclude.reduce(
        (set, exclusion, index) => (matchesEvent(exclusion, message, moment) ? set | (kills[index] ?? 0) : set),
        0,
      ),
    ),
  };
}
