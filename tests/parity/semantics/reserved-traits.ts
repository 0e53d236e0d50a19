import type { Comparison, ReservedTrait } from "@/core/audience/filter";
import { day, define, hour, identify, now, page, type SemanticCase, track } from "./case";

const reserved = (trait: ReservedTrait, comparison: Comparison, includeAnonymous?: boolean) =>
  define({ kind: "trait", trait, ...comparison }, includeAnonymous);
const twoDays = { amount: 2, unit: "day" } as const;
const seen = {
  new: [track("A", now - day)],
  edge: [page("A", now - 2 * day), track("B", now)],
  old: [track("A", now - 2 * day - 1), track("A", now - hour)],
  identified: [identify({ $first_seen: "2026-11-23" }, now - hour)],
  before: [identify({}, now - 9 * day), track("A", now - day)],
};

export const reservedTraits: readonly SemanticCase[] = [
  {
    says: "$first_seen is the time of the first event",
    definition: reserved("$first_seen", { op: "within_last", value: twoDays }),
    people: seen,
    in: ["new", "edge", "before"],
  },
  {
    says: "$first_seen: more than 2 days ago",
    definition: reserved("$first_seen", { op: "more_than_ago", value: twoDays }),
    people: seen,
    in: ["old"],
  },
  {
    says: "who has no event has no $first_seen",
    definition: reserved("$first_seen", { op: "not_exists" }),
    people: seen,
    in: ["identified"],
  },
  {
    says: "$last_seen is the time of the last event",
    definition: reserved("$last_seen", { op: "before", value: "2026-11-22T12:00:00.001Z" }),
    people: seen,
    in: ["new", "before"],
  },
  {
    says: "$last_seen as of a moment in the past",
    definition: reserved("$last_seen", { op: "equals", value: "2026-11-21T12:00:00.000Z" }),
    now: now - 2 * day,
    people: seen,
    in: ["edge"],
  },
  {
    says: "$user_id is text",
    definition: reserved("$user_id", { op: "ends_with", value: " SAMPLE" }),
    people: { sample: [track("A")], other: [track("A")], SAMPLE: [track("A")] },
    in: ["sample"],
  },
  {
    says: "who is known only by an anonymousId has no $user_id",
    definition: reserved("$user_id", { op: "not_exists" }, true),
    people: { known: [track("A")], VISITOR: [track("A")] },
    in: ["VISITOR"],
  },
  {
    says: "$anonymous_id is a list",
    definition: reserved("$anonymous_id", { op: "exists" }, true),
    people: { known: [track("A")], VISITOR: [track("A")] },
    in: ["VISITOR"],
  },
  {
    says: "an identify cannot set what is reserved",
    definition: reserved("$user_id", { op: "equals", value: "me" }),
    people: { me: [identify({ $user_id: "me" })] },
    in: [],
  },
];
