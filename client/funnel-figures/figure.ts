import type {
  FunnelEntryPeriod,
  FunnelFigures,
  FunnelHistogram,
  FunnelPreview,
  FunnelStepResult,
} from "@/core/api/funnels";
import type { JsonValue } from "@/core/event/message";
import type { FunnelDefinition } from "@/core/funnel/definition";
import type { EntryUnit, FunnelFigure } from "@/core/funnel/figure";

/** Whose figures they are: everybody's of a range, or those of one group of its breakdown. */
export interface FigureScope {
  /** With the range that the figures are of. */
  funnel: FunnelDefinition;
  asOf: string;
  steps: readonly FunnelStepResult[];
  /** The range is not the funnel's own, but the one that it is compared with. */
  compared?: boolean;
  group?: { value: JsonValue; name: string };
  /** Estimates from one of so many people. */
  sampleOf?: number;
}

/** A figure of people with all that it takes to say it in words, to open its people and to make them an audience. */
export interface Figure {
  scope: FigureScope;
  selector: FunnelFigure;
  people: number;
}

export function scopeOf(funnel: FunnelDefinition, preview: FunnelPreview): FigureScope {
  return { funnel, asOf: preview.asOf, steps: preview.steps, sampleOf: preview.sample?.of };
}

export function comparedScope(funnel: FunnelDefinition, preview: FunnelPreview): FigureScope | undefined {
  if (!preview.compare) return undefined;
  const { range, steps } = preview.compare;
  return { ...scopeOf(funnel, preview), funnel: { ...funnel, range }, steps, compared: true };
}

export function groupScope(
  scope: FigureScope,
  { value, steps }: NonNullable<FunnelFigures["breakdown"]>[number],
  name: string,
): FigureScope {
  return { ...scope, steps, group: { value, name } };
}

/** Those who reached a step (numbered from 1), those who got no further, and of these those who still have time. */
export function stepFigure(scope: FigureScope, step: number, outcome: FunnelFigure["outcome"] | "pending"): Figure {
  const at = scope.steps[step - 1];
  const narrowed = scope.group ? { group: { value: scope.group.value } } : {};
  if (outcome === "reached") {
    return { scope, selector: { step, outcome, ...narrowed }, people: at?.people ?? 0 };
  }
  const dropped = { step, outcome: "dropped" as const, ...narrowed };
  return outcome === "pending"
    ? { scope, selector: { ...dropped, pending: true }, people: at?.pending ?? 0 }
    : { scope, selector: dropped, people: at?.dropped ?? 0 };
}

/** Those who began in a day or week and reached a step. */
export function entryFigure(scope: FigureScope, period: FunnelEntryPeriod, unit: EntryUnit, step: number): Figure {
  return {
    scope,
    selector: { step, outcome: "reached", entered: { unit, date: period.date } },
    people: period.people[step - 1] ?? 0,
  };
}

/** Those who took so long to a step, by the bar of a histogram. */
export function tookFigure(
  scope: FigureScope,
  step: number,
  since: "first" | "previous",
  { edges, people }: FunnelHistogram,
  bar: number,
): Figure {
  const to = edges[bar + 1];
  return {
    scope,
    selector: { step, outcome: "reached", took: { since, from: edges[bar] ?? 0, ...(to !== undefined && { to }) } },
    people: people[bar] ?? 0,
  };
}

/** One text for each figure that can be shown at a time. */
export function figureKey({ scope, selector }: Figure): string {
  return JSON.stringify([scope.compared ?? false, selector]);
}

export function sameFigure(left: Figure | null, right: Figure | null): boolean {
  return left === right || (left !== null && right !== null && figureKey(left) === figureKey(right));
}

interface Outcome {
  value: "reached" | "dropped" | "pending";
  label: string;
  figure: Figure;
}

/** What else can be seen at the step of a figure: all who got there, those who got no further, those who have time. */
export function outcomesOf({ scope, selector }: Figure): Outcome[] {
  if (selector.entered || selector.took) return [];
  const all: Outcome[] = [
    { value: "reached", label: "Got here", figure: stepFigure(scope, selector.step, "reached") },
    { value: "dropped", label: "Dropped after", figure: stepFigure(scope, selector.step, "dropped") },
    { value: "pending", label: "Have time", figure: stepFigure(scope, selector.step, "pending") },
  ];
  return all.filter(({ value, figure }) => value === "reached" || figure.people > 0);
}
