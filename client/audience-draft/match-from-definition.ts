import type { EventMatch, EventWindow } from "@/core/audience/definition";
import type { EventFilter } from "@/core/audience/filter";
import type { DraftFilter, DraftMatch } from "./draft-match";
import type { DraftAnchor, DraftWindow } from "./draft-window";
import type { RowIds } from "./row-ids";

export function matchFrom({ event, type, where }: EventMatch, ids: RowIds): DraftMatch {
  const choice = event === undefined ? ({ kind: "any" } as const) : ({ kind: "named", event } as const);
  return { choice, type, where: filtersFrom(where, ids) };
}

export function filtersFrom(filters: readonly EventFilter[] | undefined, ids: RowIds): DraftFilter[] {
  return (filters ?? []).map((filter) => {
    const target =
      "property" in filter
        ? { of: "property" as const, path: filter.property }
        : { of: "context" as const, path: filter.context };
    return { id: ids.take(), ...target, op: filter.op, value: enteredValue(filter) };
  });
}

export function enteredValue(comparison: object): unknown {
  return "value" in comparison ? comparison.value : null;
}

export function windowFrom(window: EventWindow | undefined, ids: RowIds): DraftWindow {
  if (!window) return { kind: "ever" };
  return window.kind === "after" ? { ...window, anchor: anchorFrom(window.anchor, ids) } : window;
}

function anchorFrom(anchor: Extract<EventWindow, { kind: "after" }>["anchor"], ids: RowIds): DraftAnchor {
  if (anchor === "first_seen") return { kind: "first_seen" };
  return "trait" in anchor ? { kind: "trait", trait: anchor.trait } : { kind: "event", ...matchFrom(anchor, ids) };
}
