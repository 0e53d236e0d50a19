import { durationMs } from "../../duration";
import type { HistoryMessage, JsonValue } from "../../event/message";
import { dateOf } from "../date";
import type { Comparison, EventFilter } from "../filter";
import { valuesAt } from "../value";

/** Whether a comparison moves with time by itself. */
export function isRelative({ op }: Comparison): boolean {
  return op === "within_last" || op === "more_than_ago" || op === "within_next" || op === "more_than_from_now";
}

/** Moments around which a comparison begins or ceases to fit one of some values. */
export function comparisonEdges(comparison: Comparison, values: readonly JsonValue[], timeZone: string): number[] {
  switch (comparison.op) {
    case "within_last":
    case "more_than_ago":
    case "within_next":
    case "more_than_from_now": {
      const length = durationMs(comparison.value);
      return values.flat().flatMap((value) => {
        const date = dateOf(value, timeZone);
        return date === undefined ? [] : [date, date + length, date - length];
      });
    }
    default:
      return [];
  }
}

/** The same for the filters of one event. */
export function filterEdges(
  filters: readonly EventFilter[] | undefined,
  { properties, context }: HistoryMessage,
  timeZone: string,
): number[] {
  return (filters ?? []).flatMap((filter) =>
    isRelative(filter)
      ? comparisonEdges(
          filter,
          "context" in filter ? valuesAt(context, filter.context) : valuesAt(properties, filter.property),
          timeZone,
        )
      : [],
  );
}
