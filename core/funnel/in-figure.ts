import type { JsonValue } from "../event/message";
import type { Chain } from "./chain";
import type { ChainPlan } from "./chain-plan";
import { dateOfDay, entryDay } from "./entry-periods";
import type { FunnelFigure } from "./figure";
import { groupKey } from "./group";
import { isOpen } from "./survey";

/** When, where and in which group a chain is looked at. */
interface Circumstances {
  /** Milliseconds since the epoch. */
  now: number;
  timeZone: string;
  /** The value of the breakdown. */
  value: JsonValue;
}

/** Whether somebody with this chain is one of the people of a figure. */
export function isInFigure(
  figure: FunnelFigure,
  plan: ChainPlan,
  chain: Chain,
  times: Float64Array,
  { now, timeZone, value }: Circumstances,
): boolean {
  const { step, outcome, pending, group, entered, took } = figure;
  if (chain.depth === 0 || !hasOutcome(step, outcome, plan, chain)) return false;
  if (pending && !isOpen(plan, chain, times, now)) return false;
  if (group && groupKey(group.value) !== groupKey(value)) return false;
  if (entered) {
    const startedAt = times[chain.events[0] ?? 0] ?? 0;
    if (dateOfDay(entryDay(startedAt, entered.unit, timeZone)) !== entered.date) return false;
  }
  return !took || tookSoLong(step, took, chain, times);
}

function hasOutcome(step: number, outcome: FunnelFigure["outcome"], plan: ChainPlan, chain: Chain): boolean {
  if (outcome === "reached") return (chain.reached & (1 << (step - 1))) !== 0;
  // Nobody drops after the last step.
  return chain.depth === step && step < plan.steps;
}

function tookSoLong(
  step: number,
  { since, from, to = Infinity }: NonNullable<FunnelFigure["took"]>,
  { length, events, steps }: Chain,
  times: Float64Array,
): boolean {
  const position = steps.subarray(0, length).indexOf(step - 1);
  if (position < 1) return false;
  const before = since === "first" ? 0 : position - 1;
  const seconds = ((times[events[position] ?? 0] ?? 0) - (times[events[before] ?? 0] ?? 0)) / 1000;
  return from <= seconds && seconds < to;
}
