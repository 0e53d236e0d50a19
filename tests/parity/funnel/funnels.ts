import fc from "fast-check";
import type { AudienceDefinition, AudienceTree } from "@/core/audience/definition";
import type { EventFilter } from "@/core/audience/filter";
import type { AudiencesById } from "@/core/audience/references";
import type { Duration } from "@/core/duration";
import type { EventType, JsonValue } from "@/core/event/message";
import type { FunnelDefinition } from "@/core/funnel/definition";
import type { EntryUnit, FunnelFigure } from "@/core/funnel/figure";
import type { FunnelBreakdown, FunnelEntry, FunnelExclusion, FunnelOrder, FunnelStep } from "@/core/funnel/rules";
import { hour, now } from "./world";

const filter: fc.Arbitrary<EventFilter> = fc.constantFrom<EventFilter[]>(
  { property: "score", op: "gte", value: 2 },
  { property: "score", op: "not_equals", value: 3 },
  { property: "score", op: "exists" },
  { property: "plan", op: "equals", value: "trial" },
);

/** Keys that are left out as often as given, as in what people send. */
const anyStep: fc.Arbitrary<FunnelStep> = fc.record(
  {
    event: fc.constantFrom("A", "A", "B", "C"),
    type: fc.constantFrom<EventType[]>("track", "track", "page", "screen"),
    where: fc.array(filter, { maxLength: 2 }),
  },
  { requiredKeys: [] },
);
const named: fc.Arbitrary<FunnelStep> = fc.record({ event: fc.constantFrom("A", "B", "C") });

const window: fc.Arbitrary<Duration | null> = fc.oneof(
  fc.constant(null),
  fc.record({ amount: fc.integer({ min: 1, max: 5 }), unit: fc.constant("hour" as const) }),
  fc.record({ amount: fc.constantFrom(60, 119, 180), unit: fc.constant("minute" as const) }),
);

const range = fc
  .record({ hoursAgo: fc.integer({ min: 0, max: 6 }), length: fc.integer({ min: 1, max: 7 }) })
  .map(({ hoursAgo, length }) => ({
    from: new Date(now - hoursAgo * hour).toISOString(),
    to: new Date(now - (hoursAgo - length) * hour).toISOString(),
  }));

/** The workspace's saved audiences. */
export const audiences: AudiencesById = new Map([
  ["trial", saved("Trial", { kind: "trait", trait: "plan", op: "equals", value: "trial" })],
  ["anyone-with-b", saved("Did B", { kind: "event", event: "B" }, true)],
]);

function saved(name: string, root: AudienceTree, includeAnonymous?: boolean) {
  return { name, definition: { version: 1 as const, root, includeAnonymous } };
}

const definition: fc.Arbitrary<AudienceDefinition> = fc.record(
  {
    version: fc.constant(1 as const),
    root: fc.constantFrom<AudienceTree[]>(
      { kind: "event", event: "C", count: { op: "exactly", value: 0 } },
      { kind: "not", condition: { kind: "audience", audienceId: "trial", member: true } },
      {
        kind: "all",
        conditions: [
          { kind: "event", window: { kind: "last", amount: 8, unit: "hour" } },
          { kind: "trait", trait: "plan", op: "not_equals", value: "team" },
        ],
      },
      {
        kind: "any",
        conditions: [
          { kind: "event", event: "A", count: { op: "at_least", value: 2 } },
          { kind: "trait", trait: "score", op: "exists" },
        ],
      },
    ),
    includeAnonymous: fc.boolean(),
  },
  { requiredKeys: ["version", "root"] },
);

const step = fc.oneof({ weight: 8, arbitrary: named }, { weight: 1, arbitrary: anyStep });

/** Given once in a while: two limits at once leave hardly anybody. */
function seldom<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
}

const exclusion: fc.Arbitrary<FunnelExclusion> = fc.record(
  {
    event: fc.constantFrom("A", "B", "C", "C", "X"),
    type: fc.constantFrom<EventType[]>("track", "track", "page"),
    where: fc.array(filter, { maxLength: 1 }),
    after: fc.integer({ min: 1, max: 3 }),
    before: fc.integer({ min: 2, max: 5 }),
  },
  { requiredKeys: ["event"] },
);

const breakdown: fc.Arbitrary<FunnelBreakdown> = fc.oneof(
  fc.record({ trait: fc.constantFrom("plan", "score", "deep.plan", "none") }),
  fc.record({ property: fc.constantFrom("score", "plan", "list.of", "deep"), step: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ audienceId: fc.constantFrom(...audiences.keys()) }),
);

const drawn = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 5, size: "max" }),
  optional: fc.array(fc.constantFrom(true, false, false), { minLength: 5, maxLength: 5 }),
  window,
  order: fc.constantFrom<(FunnelOrder | undefined)[]>(undefined, "ordered", "ordered", "strict", "unordered"),
  entry: fc.constantFrom<(FunnelEntry | undefined)[]>(undefined, "any", "first"),
  range: seldom(range),
  exclude: seldom(fc.array(exclusion, { minLength: 1, maxLength: 2 })),
  breakdown: fc.option(breakdown, { nil: undefined }),
  includeAnonymous: fc.option(fc.boolean(), { nil: undefined }),
  audienceId: seldom(fc.constantFrom(...audiences.keys())),
  definition: seldom(definition),
  /** Whether steps share no event, as most funnels have them: these are read in a way of their own. */
  apart: fc.boolean(),
});

function withStepsApart<Drawn extends Pick<FunnelDefinition, "steps" | "order" | "exclude">>(funnel: Drawn): Drawn {
  const named = funnel.steps.map((step, index) =>
    step.event === undefined ? { ...step, event: "ABC"[index % 3] } : step,
  );
  const steps = named.filter(({ event }, index) => named.findIndex((other) => other.event === event) === index);
  return { ...funnel, steps, order: "ordered", exclude: undefined };
}

/** Funnels that are valid: what does not go together is left out. */
export const funnels: fc.Arbitrary<FunnelDefinition> = drawn.map(({ optional, apart, ...drawnFunnel }) => {
  const funnel = apart ? withStepsApart(drawnFunnel) : drawnFunnel;
  const { steps, order, exclude, breakdown } = funnel;
  return {
    ...funnel,
    steps: steps.map((step, index) =>
      index > 0 && !apart && order !== "unordered" && optional[index] ? { ...step, optional: true } : step,
    ),
    exclude: exclude?.filter(({ after = 1, before = steps.length }) => after < before && before <= steps.length),
    breakdown: breakdown && "step" in breakdown && breakdown.step > steps.length ? undefined : breakdown,
  };
});

export const compared = seldom(range);
export const overTime = fc.constantFrom<(EntryUnit | undefined)[]>(undefined, "day", "week");

/** Figures that the funnel has, of values, days and times that may occur. */
export function figuresOf(funnel: FunnelDefinition): fc.Arbitrary<FunnelFigure> {
  const narrowed = fc.record(
    {
      step: fc.integer({ min: 1, max: funnel.steps.length }),
      outcome: fc.constantFrom<FunnelFigure["outcome"][]>("reached", "dropped"),
      pending: seldom(fc.constant(true as const)),
      group: seldom(
        fc.record({
          value: fc.constantFrom<JsonValue[]>(null, true, false, 1, 3, "3", "trial", [1, 2], { plan: "team" }),
        }),
      ),
      entered: seldom(
        fc.record({
          unit: fc.constantFrom<EntryUnit[]>("day", "week"),
          date: fc.constantFrom("2026-11-22", "2026-11-23", "2026-11-16"),
        }),
      ),
      took: seldom(
        fc.record({
          since: fc.constantFrom("first" as const, "previous" as const),
          from: fc.constantFrom(0, 3_600),
          to: fc.constantFrom(undefined, 3_601, 7_200),
        }),
      ),
    },
    { requiredKeys: ["step", "outcome"] },
  );
  return narrowed.map(({ pending, group, took, ...figure }) => ({
    ...figure,
    pending: figure.outcome === "dropped" ? pending : undefined,
    group: funnel.breakdown ? group : undefined,
    took: figure.step > 1 ? took : undefined,
  }));
}
