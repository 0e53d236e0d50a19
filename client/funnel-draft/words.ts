import type { FunnelStepResult } from "@/core/api/funnels";
import { dateOf } from "@/core/audience/date";
import { instantWords } from "@/core/audience/describe/instant-words";
import { durationWords } from "@/core/audience/describe/number-words";
import type { FunnelDefinition } from "@/core/funnel/definition";
import type { FunnelFigure } from "@/core/funnel/figure";
import { formatCount, formatDay, formatShare } from "../format";

/** "within 14 days", "with no time limit". */
export function windowLimitWords(window: FunnelDefinition["window"]): string {
  return window ? `within ${durationWords(window)}` : "with no time limit";
}

const day = /^\d{4}-\d{2}-\d{2}$/;

/** "any time", "25 Oct – 23 Nov": of whole days the last one is named, for the range ends before `to`. */
export function rangeWords(range: FunnelDefinition["range"], timeZone: string): string {
  if (!range) return "any time";
  const { from, to } = range;
  if (!day.test(from) || !day.test(to)) return `${instantWords(from, timeZone)} – ${instantWords(to, timeZone)}`;
  const last = dayAfter(to, -1);
  const withYear = (text: string) => `${formatDay(text)} ${text.slice(0, 4)}`;
  if (from === last) return withYear(from);
  return from.slice(0, 4) === last.slice(0, 4)
    ? `${formatDay(from)} – ${withYear(last)}`
    : `${withYear(from)} – ${withYear(last)}`;
}

/** The day so many days after one, both as 2026-11-23. */
export function dayAfter(day: string, days = 1): string {
  return new Date((dateOf(day, "UTC") ?? 0) + days * 86_400_000).toISOString().slice(0, 10);
}

/** What the people of a figure did, as the rest of a sentence that begins with them. */
export function figureSentence(
  { step, outcome }: FunnelFigure,
  steps: readonly FunnelStepResult[],
  funnel: Pick<FunnelDefinition, "window">,
): string {
  const at = steps[step - 1];
  const next = steps[step];
  if (!at) return "";
  if (outcome === "dropped" && next) {
    const share = at.people > 0 ? `: ${formatShare(at.dropped / at.people)} of ${formatCount(at.people)}` : "";
    const limit = funnel.window ? ` ${windowLimitWords(funnel.window)}` : "";
    return `did ${at.label} and did not go on to ${next.label}${limit}${share}.`;
  }
  const first = steps[0];
  if (step === 1 || !first || at.fromFirst === null) return `did ${at.label}.`;
  const previous = steps[step - 2];
  const ofPrevious =
    step > 2 && previous && at.fromPrevious !== null
      ? `, ${formatShare(at.fromPrevious)} of the ${formatCount(previous.people)} before`
      : "";
  return `got to ${at.label}: ${formatShare(at.fromFirst)} of ${formatCount(first.people)}${ofPrevious}.`;
}

/** Who of those dropped may still go on; empty when nobody may. */
export function pendingSentence({ step, outcome }: FunnelFigure, steps: readonly FunnelStepResult[]): string {
  const pending = outcome === "dropped" ? (steps[step - 1]?.pending ?? 0) : 0;
  if (pending === 0) return "";
  return `${formatCount(pending)} of them still ${pending === 1 ? "has" : "have"} time.`;
}

/** A name for the audience of a figure. */
export function audienceNameOf({ step, outcome }: FunnelFigure, steps: readonly FunnelStepResult[]): string {
  const at = steps[step - 1]?.label ?? "";
  const next = steps[step]?.label;
  return (outcome === "dropped" && next ? `${at}, then not ${next}` : `Got to ${at}`).slice(0, 200);
}

/** The people of a figure: how many. */
export function figurePeople({ step, outcome }: FunnelFigure, steps: readonly FunnelStepResult[]): number {
  const at = steps[step - 1];
  return (outcome === "reached" ? at?.people : at?.dropped) ?? 0;
}

/** What the funnel shows, in a sentence: the name of the chart for those who do not see it. */
export function findingOf(steps: readonly FunnelStepResult[]): string {
  const first = steps[0];
  const last = steps.at(-1);
  if (!first || !last || first.people === 0) return "Nobody has started this funnel.";
  if (steps.length === 1) return `${formatCount(first.people)} did ${first.label}.`;
  const largest = steps.slice(0, -1).toSorted((a, b) => b.dropped - a.dropped)[0];
  const share = last.fromFirst === null ? "" : ` (${formatShare(last.fromFirst)})`;
  const drop =
    largest && largest.dropped > 0
      ? ` The largest drop is after ${largest.label}: ${formatCount(largest.dropped)}.`
      : " Nobody drops out.";
  return `${formatCount(first.people)} start with ${first.label}, ${formatCount(last.people)}${share} get to ${last.label}.${drop}`;
}
