import type { EventMatch, EventWindow } from "@/core/audience/definition";
import { type Comparison, type EventFilter, eventFilter } from "@/core/audience/filter";
import type { DraftFilter, DraftMatch } from "./draft-match";
import type { DraftWindow } from "./draft-window";
import { isDate, isLength, isWindowFinished } from "./finished-window";

/** The part of a definition that picks events; null while no event is chosen. Unfinished filters are left out and noted. */
export function compileMatch(match: DraftMatch, unfinished: Set<string>): EventMatch | null {
  if (match.choice.kind === "unchosen") return null;
  const where = compileFilters(match.where, unfinished);
  return {
    ...(match.choice.kind === "named" ? { event: match.choice.event } : {}),
    ...(match.type === undefined ? {} : { type: match.type }),
    ...(where.length > 0 ? { where } : {}),
  };
}

export function compileFilters(filters: readonly DraftFilter[], unfinished: Set<string>): EventFilter[] {
  return filters.flatMap((filter) => {
    const parsed = eventFilter.safeParse({ [filter.of]: filter.path, ...comparisonOf(filter) });
    if (parsed.success && isComparable(parsed.data)) return [parsed.data];
    unfinished.add(filter.id);
    return [];
  });
}

export function comparisonOf({ op, value }: Pick<DraftFilter, "op" | "value">): object {
  return op === "exists" || op === "not_exists" ? { op } : { op, value };
}

/** A date that is no date is refused by the server: until it is one, the row waits. */
export function isComparable(comparison: Comparison): boolean {
  return (comparison.op !== "before" && comparison.op !== "after") || isDate(comparison.value);
}

/** Null while something in the window is still to be entered. */
export function compileWindow(window: DraftWindow, unfinished: Set<string>): EventWindow | null {
  if (window.kind !== "after") return isWindowFinished(window) ? window : null;
  const { amount, unit } = window;
  const anchor = compileAnchor(window, unfinished);
  return anchor !== null && isLength(window) ? { kind: "after", anchor, amount, unit } : null;
}

type AfterWindow<Window> = Extract<Window, { kind: "after" }>;

function compileAnchor(
  { anchor }: AfterWindow<DraftWindow>,
  unfinished: Set<string>,
): AfterWindow<EventWindow>["anchor"] | null {
  if (anchor.kind === "first_seen") return "first_seen";
  if (anchor.kind === "trait") return { trait: anchor.trait };
  const { event, ...match } = compileMatch(anchor, unfinished) ?? {};
  return event === undefined ? null : { event, ...match };
}
