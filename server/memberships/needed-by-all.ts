import type { NeededHistory } from "@/core/audience/needed-history";
import { eventTypes } from "@/core/event/message";

/** What several definitions look at, together. Any event may be the first or last as of one of several moments. */
export function neededByAll(all: readonly NeededHistory[]): NeededHistory {
  const keys = (of: (needed: NeededHistory) => ReadonlySet<string>) =>
    new Set(all.flatMap((needed) => [...of(needed)]));
  const names = (sets: readonly (ReadonlySet<string> | null)[]) =>
    sets.includes(null) ? null : new Set(sets.flatMap((some) => [...(some ?? [])]));
  const anyEvent = all.some(({ bounds }) => bounds);
  return {
    events: new Map(
      eventTypes.map((type) => [type, anyEvent ? null : names(all.map(({ events }) => events.get(type) ?? null))]),
    ),
    propertyKeys: keys(({ propertyKeys }) => propertyKeys),
    contextKeys: keys(({ contextKeys }) => contextKeys),
    traitKeys: keys(({ traitKeys }) => traitKeys),
    contentsOf: names(all.map(({ contentsOf }) => contentsOf)),
    bounds: false,
    accountDepth: 0,
    accountTraitKeys: new Set(),
  };
}
