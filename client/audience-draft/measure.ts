import type { AggregateFunction, EventCount, Occurrence } from "@/core/audience/definition";
import { type EventRow, isAbsence } from "./draft";

/** What is asked of the events of a sentence: how often they were, which one is meant, or what they come to. */
export type Measure =
  | { kind: "count"; op: EventCount["op"] }
  | { kind: "never" }
  | { kind: "occurrence"; occurrence: Exclude<Occurrence, "any"> }
  | { kind: "aggregate"; fn: AggregateFunction };

type Measured = Pick<EventRow, "count" | "occurrence" | "pickedWhere" | "aggregate">;

export function measureOf({ count, occurrence, aggregate }: Measured): Measure {
  if (aggregate) return { kind: "aggregate", fn: aggregate.fn };
  if (occurrence !== "any") return { kind: "occurrence", occurrence };
  return isAbsence(count) ? { kind: "never" } : { kind: "count", op: count.op };
}

/** The parts of a row that hold another measure, going on with the numbers and the property that were there. */
export function withMeasure(row: Measured, measure: Measure): Measured {
  const plain = { ...row, occurrence: "any", aggregate: null } as const;
  const times = Math.max(1, row.count.value);
  switch (measure.kind) {
    case "count":
      return { ...plain, count: { op: measure.op, value: times } };
    case "never":
      return { ...plain, count: { op: "exactly", value: 0 } };
    case "occurrence":
      return { ...plain, occurrence: measure.occurrence, count: { op: "at_least", value: 1 } };
    case "aggregate": {
      const { property = null, op = "gte", value = null } = row.aggregate ?? {};
      const days = measure.fn === "distinct_days";
      const asked = value ?? (days ? 2 : null);
      return {
        ...plain,
        count: { op: "at_least", value: 1 },
        aggregate: { fn: measure.fn, property: days ? null : property, op, value: asked },
      };
    }
  }
}

/** Whether a figure is taken of a property's numbers, and so asks for one that has numbers. */
export function asksForNumbers(fn: AggregateFunction): boolean {
  return fn !== "distinct" && fn !== "distinct_days";
}
