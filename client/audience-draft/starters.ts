import type { SeenEvent, SeenTrait } from "@/core/api/catalogue";
import type { AudienceDefinition, AudienceTree, EventNode } from "@/core/audience/definition";
import {
  endDateTrait,
  habitEvent,
  milestoneEvent,
  payment,
  planTrait,
  pricingPage,
  signUpEvent,
  stepBetween,
  trialValue,
} from "./likely-names";

/** An audience to begin with, in the workspace's own names. */
export interface Starter {
  id: "stuck" | "stopped" | "once" | "stalled" | "gone" | "keen" | "spent" | "ending" | "curious";
  name: string;
  definition: AudienceDefinition;
}

/** What the starters are made of: what has been seen, and the frequent values of the trait that looks like a plan. */
export interface Seen {
  events: readonly SeenEvent[];
  traits: readonly SeenTrait[];
  planValues: readonly unknown[];
}

/** The starters that this workspace has the events and traits for, the first audience that everybody builds first. */
export function startersFor(seen: Seen): Starter[] {
  const makers = [stuck, stopped, once, stalled, gone, keen, spent, ending, curious];
  return makers.map((make) => make(seen)).filter((starter) => starter !== undefined);
}

function define(id: Starter["id"], name: string, conditions: AudienceTree[], includeAnonymous?: true): Starter {
  return { id, name, definition: { version: 1, root: { kind: "all", conditions }, includeAnonymous } };
}

function did(event: SeenEvent, rest: Partial<EventNode> = {}): EventNode {
  return { kind: "event", event: event.event, ...(event.type === "track" ? {} : { type: event.type }), ...rest };
}

function stuck({ events, traits, planValues }: Seen): Starter | undefined {
  const first = signUpEvent(events);
  const milestone = milestoneEvent(events);
  if (!first || !milestone) return undefined;
  const conditions: AudienceTree[] = [
    did(first, { window: { kind: "before_last", amount: 2, unit: "day" } }),
    did(milestone, { count: { op: "exactly", value: 0 } }),
  ];
  const plan = planTrait(traits);
  const trial = trialValue(planValues);
  if (plan && trial !== undefined) conditions.push({ kind: "trait", trait: plan.name, op: "equals", value: trial });
  return define("stuck", "Stuck before activation", conditions);
}

function stopped({ events }: Seen): Starter | undefined {
  const [first, between, milestone] = [signUpEvent(events), stepBetween(events), milestoneEvent(events)];
  if (!first || !between || !milestone) return undefined;
  return define("stopped", `Got as far as ${between.event}, and no further`, [
    {
      kind: "sequence",
      steps: [{ event: first.event }, { event: between.event, within: { amount: 7, unit: "day" } }],
      thenNot: { event: milestone.event, within: { amount: 7, unit: "day" } },
    },
  ]);
}

function once({ events }: Seen): Starter | undefined {
  if (events.length === 0) return undefined;
  const week = { amount: 7, unit: "day" } as const;
  return define("once", "First week without a second visit", [
    { kind: "trait", trait: "$first_seen", op: "more_than_ago", value: week },
    {
      kind: "event",
      window: { kind: "after", anchor: "first_seen", ...week },
      aggregate: { fn: "distinct_days", op: "lte", value: 1 },
    },
  ]);
}

function stalled({ events, traits, planValues }: Seen): Starter | undefined {
  const [milestone, plan, trial] = [milestoneEvent(events), planTrait(traits), trialValue(planValues)];
  if (!milestone || !plan || trial === undefined) return undefined;
  return define("stalled", `On ${trial} for 14 days, never activated`, [
    { kind: "trait", trait: plan.name, op: "equals", value: trial, heldFor: { amount: 14, unit: "day" } },
    did(milestone, { count: { op: "exactly", value: 0 } }),
  ]);
}

function spent({ events }: Seen): Starter | undefined {
  const paid = payment(events);
  if (!paid) return undefined;
  return define("spent", "Spent over 100 in 30 days", [
    did(paid.event, {
      window: { kind: "last", amount: 30, unit: "day" },
      aggregate: { fn: "sum", property: paid.property, op: "gt", value: 100 },
    }),
  ]);
}

function gone({ events }: Seen): Starter | undefined {
  const first = signUpEvent(events);
  if (!first) return undefined;
  return define("gone", "Signed up and not seen for 7 days", [
    did(first, { window: { kind: "before_last", amount: 7, unit: "day" } }),
    { kind: "event", window: { kind: "last", amount: 7, unit: "day" }, count: { op: "exactly", value: 0 } },
  ]);
}

function keen({ events }: Seen): Starter | undefined {
  const habit = habitEvent(events);
  if (!habit) return undefined;
  return define("keen", `${habit.event} at least 3 times in a week`, [
    did(habit, { window: { kind: "last", amount: 7, unit: "day" }, count: { op: "at_least", value: 3 } }),
  ]);
}

function ending({ traits }: Seen): Starter | undefined {
  const date = endDateTrait(traits);
  if (!date) return undefined;
  return define("ending", `${date.name} in the next 3 days`, [
    { kind: "trait", trait: date.name, op: "within_next", value: { amount: 3, unit: "day" } },
  ]);
}

function curious({ events }: Seen): Starter | undefined {
  const page = pricingPage(events);
  const first = signUpEvent(events);
  if (!page) return undefined;
  const conditions: AudienceTree[] = [did(page, { window: { kind: "last", amount: 14, unit: "day" } })];
  if (first) conditions.push(did(first, { count: { op: "exactly", value: 0 } }));
  return define("curious", `Visitors who viewed ${page.event} and did not sign up`, conditions, true);
}
