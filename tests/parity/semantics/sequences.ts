import type { SequenceNode } from "@/core/audience/definition";
import { day, define, hour, now, type SemanticCase, type Sent, track } from "./case";

const sequence = (node: Omit<SequenceNode, "kind">) => define({ kind: "sequence", ...node });
/** Events by letter, each so many hours before now; equal hours are equal timestamps in this order of arrival. */
const did = (...events: [string, number][]): Sent[] => events.map(([event, hours]) => track(event, now - hours * hour));
const within = (amount: number, of?: "previous" | "first") => ({
  within: { amount, unit: "hour" as const, ...(of && { of }) },
});
const [a, b, c] = [{ event: "A" }, { event: "B" }, { event: "C" }];

export const sequences: readonly SemanticCase[] = [
  {
    says: "each event later in Order than the one before",
    definition: sequence({ steps: [a, b] }),
    people: {
      ordered: did(["A", 2], ["B", 1]),
      reversed: did(["B", 2], ["A", 1]),
      tied: did(["A", 1], ["B", 1]),
      tiedReversed: did(["B", 1], ["A", 1]),
      between: did(["A", 3], ["C", 2], ["B", 1]),
    },
    in: ["ordered", "tied", "between"],
  },
  {
    says: "one event never serves two steps",
    definition: sequence({ steps: [a, a] }),
    people: { once: did(["A", 1]), twice: did(["A", 1], ["A", 1]) },
    in: ["twice"],
  },
  {
    says: "within is of the previous step, inclusive",
    definition: sequence({ steps: [a, b, { ...c, ...within(2) }] }),
    people: {
      edge: did(["A", 9], ["B", 4], ["C", 2]),
      over: did(["A", 9], ["B", 5], ["C", 2]),
      another: did(["A", 9], ["B", 8], ["B", 3], ["C", 2]),
    },
    in: ["edge", "another"],
  },
  {
    says: "within of the first step, and any chain may win",
    definition: sequence({ steps: [a, b, { ...c, ...within(4, "first") }] }),
    people: {
      edge: did(["A", 6], ["B", 5], ["C", 2]),
      over: did(["A", 7], ["B", 3], ["C", 2]),
      later: did(["A", 9], ["B", 8], ["A", 5], ["B", 3], ["C", 2]),
      late: did(["A", 9], ["B", 8], ["A", 5], ["C", 2]),
    },
    in: ["edge", "later"],
  },
  {
    says: "both bounds at once",
    definition: sequence({ steps: [a, { ...b, ...within(3) }, { ...c, ...within(4, "first") }] }),
    people: {
      fits: did(["A", 6], ["B", 4], ["C", 2]),
      stale: did(["A", 8], ["B", 5], ["C", 2]),
      wide: did(["A", 6], ["B", 2], ["C", 2]),
    },
    in: ["fits"],
  },
  {
    says: "window bounds the first event alone",
    definition: sequence({ steps: [a, b], window: { kind: "before_last", amount: 1, unit: "day" } }),
    people: { old: did(["A", 25], ["B", 1]), edge: did(["A", 24], ["B", 1]), recent: did(["A", 3], ["B", 1]) },
    in: ["old"],
  },
  {
    says: "a message after now does not exist yet",
    definition: sequence({ steps: [a, b] }),
    people: { soon: did(["A", 2], ["B", -1]) },
    in: [],
  },
  {
    says: "thenNot: no such event follows, for some chain",
    definition: sequence({ steps: [a, b], thenNot: c }),
    people: {
      stopped: did(["A", 5], ["B", 4]),
      went: did(["A", 5], ["B", 4], ["C", 3]),
      again: did(["A", 5], ["B", 4], ["C", 3], ["B", 2]),
      before: did(["A", 5], ["C", 4], ["B", 4]),
    },
    in: ["stopped", "again", "before"],
  },
  {
    says: "thenNot within W, inclusive, and only once now > t + W",
    definition: sequence({ steps: [a, b], thenNot: { ...c, ...within(4) } }),
    people: {
      over: did(["A", 9], ["B", 5]),
      pending: did(["A", 9], ["B", 4]),
      edge: did(["A", 9], ["B", 8], ["C", 4]),
      late: did(["A", 10], ["B", 9], ["C", 4]),
      fresh: did(["A", 10], ["B", 9], ["C", 8], ["B", 2]),
    },
    in: ["over", "late"],
  },
  {
    says: "thenNot may be the event of the last step itself, which then must come again to count",
    definition: sequence({ steps: [a, b], thenNot: b }),
    people: { once: did(["A", 9], ["B", 5]), twice: did(["A", 9], ["B", 5], ["B", 3]) },
    in: ["once", "twice"],
  },
  {
    says: "a sequence may be negated, over the candidates",
    definition: define({ kind: "not", condition: { kind: "sequence", steps: [a, b] } }),
    people: {
      did: did(["A", 2], ["B", 1]),
      not: did(["A", 2]),
      fresh: [track("Z", now)],
      old: [track("A", now - 400 * day)],
    },
    in: ["not", "fresh", "old"],
  },
];
