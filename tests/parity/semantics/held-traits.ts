import type { Comparison } from "@/core/audience/filter";
import { day, define, group, hour, identify, now, type SemanticCase, track } from "./case";

const held = (comparison: Comparison, trait = "plan") =>
  define({ kind: "trait", trait, ...comparison, heldFor: { amount: 7, unit: "day" } });
const plan = (days: number, value: string | null) => identify({ plan: value }, now - days * day);
const isTrial = { op: "equals", value: "trial" } as const;

export const heldTraits: readonly SemanticCase[] = [
  {
    says: "has fitted without a break for at least W, inclusive",
    definition: held(isTrial),
    people: {
      long: [plan(30, "trial")],
      edge: [plan(7, "trial")],
      short: [identify({ plan: "trial" }, now - 7 * day + 1)],
      ended: [plan(30, "trial"), plan(1, "pro")],
      never: [track("A", now - 30 * day)],
    },
    in: ["long", "edge"],
  },
  {
    says: "setting the same value again does not restart it",
    definition: held(isTrial),
    people: { again: [plan(30, "trial"), plan(2, "trial")], other: [plan(30, "trial"), identify({ name: "x" }, now)] },
    in: ["again", "other"],
  },
  {
    says: "another value breaks it, even at the same timestamp",
    definition: held(isTrial),
    people: {
      back: [plan(30, "trial"), plan(5, "pro"), plan(4, "trial")],
      instant: [plan(30, "trial"), plan(5, "pro"), plan(5, "trial")],
      emptied: [plan(30, "trial"), plan(5, null), plan(5, "trial")],
      atTheEdge: [plan(30, "trial"), plan(7, "pro"), plan(7, "trial")],
      reversed: [plan(30, "trial"), plan(7, "trial"), plan(7, "pro")],
      earlier: [plan(30, "pro"), plan(10, "free"), plan(8, "trial")],
    },
    in: ["atTheEdge", "earlier"],
  },
  {
    says: "what arrives late breaks it where it belongs",
    definition: held(isTrial),
    people: {
      inside: [plan(30, "trial"), plan(2, "trial"), plan(5, "pro")],
      before: [plan(10, "trial"), plan(20, "pro")],
    },
    in: ["before"],
  },
  {
    says: "one fitting value after another is no break",
    definition: held({ op: "equals_any", value: ["trial", "pro"] }),
    people: { moved: [plan(30, "trial"), plan(2, "pro")], left: [plan(30, "trial"), plan(3, "free"), plan(2, "pro")] },
    in: ["moved"],
  },
  {
    says: "absence is held from the first message",
    definition: held({ op: "not_exists" }),
    people: {
      long: [track("A", now - 7 * day)],
      group: [group({ plan: "trial" }, now - 8 * day)],
      short: [track("A", now - 7 * day + 1)],
      had: [plan(30, "trial")],
      taken: [plan(30, "trial"), plan(8, null)],
      justTaken: [plan(30, "trial"), plan(2, null)],
      since: [track("A", now - 30 * day), plan(2, "trial")],
    },
    in: ["long", "group", "taken"],
  },
  {
    says: "a negation has held where its positive did not",
    definition: held({ op: "not_equals", value: "trial" }),
    people: {
      absent: [track("A", now - 8 * day)],
      other: [track("A", now - 30 * day), plan(2, "pro")],
      broken: [track("A", now - 30 * day), plan(5, "trial"), plan(4, "pro")],
      tied: [track("A", now - 30 * day), plan(5, "trial"), plan(5, "pro")],
      past: [plan(30, "trial"), plan(8, "pro")],
    },
    in: ["absent", "other", "past"],
  },
  {
    says: "numbers hold as long as they fit",
    definition: held({ op: "gte", value: 50 }, "score"),
    people: {
      rising: [identify({ score: 60 }, now - 9 * day), identify({ score: "70" }, now - day)],
      dipped: [
        identify({ score: 60 }, now - 9 * day),
        identify({ score: 40 }, now - 2 * day),
        identify({ score: 90 }, now),
      ],
    },
    in: ["rising"],
  },
  {
    says: "at a path with dots the literal name hides what is inside from when it is set",
    definition: held(isTrial, "billing.plan"),
    people: {
      inside: [identify({ billing: { plan: "trial" } }, now - 9 * day)],
      replaced: [
        identify({ billing: { plan: "trial" } }, now - 9 * day),
        identify({ billing: { seats: 1 } }, now - day),
      ],
      literal: [
        identify({ "billing.plan": "trial" }, now - 9 * day),
        identify({ billing: { plan: "pro" } }, now - day),
      ],
      hidden: [identify({ billing: { plan: "trial" } }, now - 9 * day), identify({ "billing.plan": "pro" }, now - day)],
      both: [
        identify({ billing: { plan: "trial" } }, now - 9 * day),
        identify({ "billing.plan": "trial", billing: { plan: "pro" } }, now - day),
        identify({ billing: { plan: "pro" } }, now - hour),
      ],
    },
    in: ["inside", "literal", "both"],
  },
  {
    says: "asOf: as long as it had been held by then",
    definition: held(isTrial),
    now: now - 20 * day,
    people: { long: [plan(27, "trial"), plan(1, "pro")], short: [plan(26, "trial")] },
    in: ["long"],
  },
];
