import type { FunnelFigures, FunnelHistogram, FunnelTimes } from "@/core/api/funnels";
import type { JsonValue } from "@/core/event/message";
import type { FunnelResult } from "@/core/funnel/evaluate";
import type { EntryUnit, FunnelFigure } from "@/core/funnel/figure";
import { stepLabels } from "@/core/funnel/label";
import type { FunnelRules } from "@/core/funnel/rules";

/** A person who entered, and the value of the breakdown. */
export interface Entrant {
  profile: number;
  result: FunnelResult;
  value: JsonValue;
}

/** The figures of a funnel, each counted and sorted by itself from everybody's results. Zones are looked at in UTC only. */
export function plainFigures(
  rules: FunnelRules,
  entrants: readonly Entrant[],
  overTime: EntryUnit | undefined,
): Omit<FunnelFigures, "timeToConvert"> {
  const { steps, startToEnd } = plainSteps(rules, entrants);
  const values = new Map(entrants.map(({ value }) => [JSON.stringify(value), value]));
  return {
    steps,
    startToEnd,
    ...(rules.breakdown && {
      breakdown: [...values]
        .map(([key, value]) => {
          const group = entrants.filter((entrant) => JSON.stringify(entrant.value) === key);
          return { key, size: group.length, value, steps: plainSteps(rules, group).steps };
        })
        .sort((a, b) => b.size - a.size || (a.key < b.key ? -1 : 1))
        .map(({ value, steps }) => ({ value, steps })),
      breakdownGroups: values.size,
    }),
    ...(overTime && { overTime: plainPeriods(rules, entrants, overTime) }),
  };
}

function plainSteps(rules: FunnelRules, entrants: readonly Entrant[]) {
  const results = entrants.map(({ result }) => result);
  const count = rules.steps.length;
  const people = (step: number) => results.filter(({ reached }) => reached.includes(step)).length;
  const steps = stepLabels(rules).map((label, index) => {
    const step = index + 1;
    let previous = Math.max(1, step - 1);
    while (previous > 1 && rules.steps[previous - 1]?.optional) previous -= 1;
    const dropped = results.filter(({ depth }) => depth === step && step < count);
    return {
      label,
      people: people(step),
      fromFirst: people(1) === 0 ? null : people(step) / people(1),
      fromPrevious: people(previous) === 0 ? null : people(step) / people(previous),
      dropped: dropped.length,
      pending: dropped.filter(({ open }) => open).length,
      seconds: plainTimes(results.flatMap((result) => secondsTo(result, step, "previous"))),
    };
  });
  const whole = count > 1 ? results.flatMap((result) => secondsTo(result, count, "first")) : [];
  return { steps, startToEnd: plainTimes(whole) };
}

/** The time to a step in the deciding chain, if it is done there and not the first. */
export function secondsTo({ chain }: FunnelResult, step: number, since: "first" | "previous"): number[] {
  const position = chain.findIndex((link) => link.step === step);
  const before = chain[since === "first" ? 0 : position - 1];
  const link = chain[position];
  return position < 1 || !before || !link ? [] : [(link.message.timestamp - before.message.timestamp) / 1000];
}

function plainTimes(seconds: readonly number[]): FunnelTimes | undefined {
  if (seconds.length === 0) return undefined;
  // Whole milliseconds, whose sum is exact in any order.
  const sorted = seconds.map((time) => Math.round(time * 1000)).sort((a, b) => a - b);
  const at = (fraction: number) => {
    const position = (sorted.length - 1) * fraction;
    const [below = 0, above = 0] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
    return below + (above - below) * (position - Math.floor(position));
  };
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  return { mean: mean / 1000, median: at(0.5) / 1000, p90: at(0.9) / 1000 };
}

/** Whether a histogram tells these times: each in the one bucket that it falls in. */
export function tells({ edges, people }: FunnelHistogram, seconds: readonly number[]): boolean {
  return edges.every((edge, index) => {
    const next = edges[index + 1] ?? Infinity;
    return people[index] === seconds.filter((time) => time >= edge && time < next).length;
  });
}

function periodOf({ chain }: FunnelResult, unit: EntryUnit): string {
  const date = new Date(chain[0]?.message.timestamp ?? 0);
  if (unit === "week") date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}

function plainPeriods(rules: FunnelRules, entrants: readonly Entrant[], unit: EntryUnit) {
  const results = entrants.map(({ result }) => result);
  const dates = results.map((result) => periodOf(result, unit)).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined) return [];
  const periods = [];
  for (
    const day = new Date(first);
    day <= new Date(last);
    day.setUTCDate(day.getUTCDate() + (unit === "day" ? 1 : 7))
  ) {
    const date = day.toISOString().slice(0, 10);
    const within = results.filter((result) => periodOf(result, unit) === date);
    periods.push({
      date,
      people: rules.steps.map((_, index) => within.filter(({ reached }) => reached.includes(index + 1)).length),
      pending: within.filter(({ open, depth }) => open && depth < rules.steps.length).length,
    });
  }
  return periods;
}

/** Whether somebody is one of the people of a figure. */
export function plainlyIn(figure: FunnelFigure, rules: FunnelRules, { result, value }: Entrant): boolean {
  const { step, outcome, pending, group, entered, took } = figure;
  if (outcome === "reached" && !result.reached.includes(step)) return false;
  if (outcome === "dropped" && (result.depth !== step || step === rules.steps.length)) return false;
  if (pending && !result.open) return false;
  if (group && JSON.stringify(group.value) !== JSON.stringify(value)) return false;
  if (entered && periodOf(result, entered.unit) !== entered.date) return false;
  if (!took) return true;
  return secondsTo(result, step, took.since).some((time) => time >= took.from && time < (took.to ?? Infinity));
}
