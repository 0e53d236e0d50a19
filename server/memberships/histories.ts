import type { NeededHistory } from "@/core/audience/needed-history";
import { AppError } from "@/core/errors";
import { eventTypes } from "@/core/event/message";
import type { EventStore } from "@/server/event-store/event-store";
import { type NumberedPerson, readHistories } from "@/server/profiles/needed-history";

/** What several definitions look at, together. Any event may be the first or last as of one of several moments. */
export function neededByAll(all: readonly NeededHistory[]): NeededHistory {
  const keys = (of: (needed: NeededHistory) => ReadonlySet<string>) =>
    new Set(all.flatMap((needed) => [...of(needed)]));
  const anyEvent = all.some(({ bounds }) => bounds);
  const events = new Map(
    eventTypes.map((type) => {
      const names = all.map((needed) => needed.events.get(type));
      return [
        type,
        anyEvent || names.includes(null) ? null : new Set(names.flatMap((some) => [...(some ?? [])])),
      ] as const;
    }),
  );
  return {
    events,
    propertyKeys: keys(({ propertyKeys }) => propertyKeys),
    contextKeys: keys(({ contextKeys }) => contextKeys),
    traitKeys: keys(({ traitKeys }) => traitKeys),
    bounds: false,
    accountDepth: 0,
    accountTraitKeys: new Set(),
  };
}

export interface Histories {
  readonly people: ReadonlyMap<number, NumberedPerson>;
  /** Those whose history is too long to be held. */
  readonly tooLong: readonly number[];
}

/** The histories of many people, in as many reads as their length asks for; a number without a message is in neither answer. */
export async function readManyHistories(
  eventStore: EventStore,
  profiles: readonly number[],
  now: number,
  needed: NeededHistory,
  signal: AbortSignal,
): Promise<Histories> {
  try {
    const people = await readHistories(eventStore, profiles, now, needed, { signal });
    return { people: new Map(people.map((person) => [person.profile, person])), tooLong: [] };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "too_large") throw error;
    if (profiles.length === 1) return { people: new Map(), tooLong: profiles };
    const half = profiles.length >> 1;
    const read = (some: readonly number[]) => readManyHistories(eventStore, some, now, needed, signal);
    const [first, second] = [await read(profiles.slice(0, half)), await read(profiles.slice(half))];
    return {
      people: new Map([...first.people, ...second.people]),
      tooLong: [...first.tooLong, ...second.tooLong],
    };
  }
}
