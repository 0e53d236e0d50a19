import fc from "fast-check";
import type { AudienceDefinition, AudienceTree } from "@/core/audience/definition";
import type { EventFilter } from "@/core/audience/filter";
import type { AudiencesById } from "@/core/audience/references";
import type { Duration } from "@/core/duration";
import type { EventType } from "@/core/event/message";
import type { FunnelDefinition } from "@/core/funnel/definition";
import type { FunnelStep } from "@/core/funnel/rules";
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

export const funnels: fc.Arbitrary<FunnelDefinition> = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 5, size: "max" }),
  window,
  range: seldom(range),
  includeAnonymous: fc.option(fc.boolean(), { nil: undefined }),
  audienceId: seldom(fc.constantFrom(...audiences.keys())),
  definition: seldom(definition),
});
