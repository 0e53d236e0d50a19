import type { EventNode } from "@/core/audience/definition";
import { day, define, hour, identify, now, page, type SemanticCase, track } from "./case";

const changed = (rest: Partial<EventNode>) => define({ kind: "event", event: "Changed", ...rest });
const plan = (hours: number, properties: Record<string, string | null> = {}) =>
  track("Changed", now - hours * hour, properties);
const isTrial = { property: "plan", op: "equals", value: "trial" } as const;
const hasPlan = { property: "plan", op: "exists" } as const;
const lastDay = { kind: "last", amount: 1, unit: "day" } as const;

const plans = {
  began: [plan(30, { plan: "trial" }), plan(2, { plan: "pro" })],
  ended: [plan(30, { plan: "pro" }), plan(2, { plan: "trial" })],
  unsaid: [plan(30, { plan: "trial" }), plan(2)],
  only: [plan(2, { plan: "trial" })],
  never: [track("Other", now, { plan: "trial" })],
};

export const occurrences: readonly SemanticCase[] = [
  {
    says: "first: where is asked of the first event alone",
    definition: changed({ occurrence: "first", where: [isTrial] }),
    people: plans,
    in: ["began", "unsaid", "only"],
  },
  {
    says: "last: where is asked of the last event alone",
    definition: changed({ occurrence: "last", where: [isTrial] }),
    people: plans,
    in: ["ended", "only"],
  },
  {
    says: "any is the default",
    definition: changed({ occurrence: "any", where: [isTrial] }),
    people: plans,
    in: ["began", "ended", "unsaid", "only"],
  },
  {
    says: "last_matching: among those that fit where, then is asked of the one",
    definition: changed({ occurrence: "last_matching", where: [hasPlan], then: [isTrial] }),
    people: plans,
    in: ["ended", "unsaid", "only"],
  },
  {
    says: "first_matching: among those that fit where, then is asked of the one",
    definition: changed({ occurrence: "first_matching", where: [hasPlan], then: [isTrial] }),
    people: {
      ...plans,
      late: [plan(40), plan(30, { plan: "trial" })],
      other: [plan(40, { plan: "pro" }), plan(30, { plan: "trial" })],
    },
    in: ["began", "unsaid", "only", "late"],
  },
  {
    says: "the window is asked of the picked event alone: the first one in the last day",
    definition: changed({ occurrence: "first", window: lastDay }),
    people: plans,
    in: ["only"],
  },
  {
    says: "of the last one too: more than a day ago",
    definition: changed({ occurrence: "last", window: { kind: "before_last", amount: 1, unit: "day" } }),
    people: { ...plans, quiet: [plan(40), plan(30)] },
    in: ["quiet"],
  },
  {
    says: "first_matching picks by where before the window is asked",
    definition: changed({ occurrence: "first_matching", where: [isTrial], window: lastDay }),
    people: plans,
    in: ["ended", "only"],
  },
  {
    says: "of equal timestamps the first to arrive is the first, the last one the last",
    definition: define({
      kind: "all",
      conditions: [
        { kind: "event", event: "Changed", occurrence: "first", where: [isTrial] },
        { kind: "event", event: "Changed", occurrence: "last", where: [{ ...isTrial, value: "pro" }] },
      ],
    }),
    people: {
      so: [plan(2, { plan: "trial" }), plan(2, { plan: "pro" })],
      reversed: [plan(2, { plan: "pro" }), plan(2, { plan: "trial" })],
    },
    in: ["so"],
  },
  {
    says: "an event that arrives late is first if its timestamp is",
    definition: changed({ occurrence: "first", where: [isTrial] }),
    people: { late: [plan(2, { plan: "pro" }), plan(30, { plan: "trial" })] },
    in: ["late"],
  },
  {
    says: "exactly 0 of the picked one is everybody else, people without an event too",
    definition: changed({ occurrence: "last", where: [isTrial], count: { op: "exactly", value: 0 } }),
    people: plans,
    in: ["began", "unsaid", "never"],
  },
  {
    says: "there is one picked event at most",
    definition: changed({ occurrence: "first", count: { op: "at_least", value: 2 } }),
    people: plans,
    in: [],
  },
  {
    says: "the first of a name and type: a page of the same name is another",
    definition: changed({ occurrence: "first", where: [isTrial] }),
    people: { page: [page("Changed", now - 40 * hour, { plan: "pro" }), plan(30, { plan: "trial" })] },
    in: ["page"],
  },
  {
    says: "without a name the first event of all is picked, which an identify is not",
    definition: define({ kind: "event", occurrence: "first", where: [isTrial] }),
    people: {
      first: [identify({ plan: "pro" }, now - 9 * day), plan(30, { plan: "trial" }), track("Other", now)],
      other: [track("Other", now - 2 * day, { plan: "pro" }), plan(30, { plan: "trial" })],
    },
    in: ["first"],
  },
  {
    says: "asOf: the last one is the last by then",
    definition: changed({ occurrence: "last", where: [isTrial] }),
    now: now - day,
    people: plans,
    in: ["began", "unsaid"],
  },
];
