import { eventTypes, type HistoryMessage } from "../event/message";
import type { NeededHistory } from "./needed-history";
import type { Person } from "./person";

/** Which parts of a history a definition looks at. */
export interface HistoryParts {
  /** The same for definitions that look at the same. */
  readonly name: string;
  /** Null for all of it. */
  readonly parts: readonly HistoryPart[] | null;
}

/** Events of one name; or, as `identify`, those that set one trait. */
interface HistoryPart {
  readonly type: HistoryMessage["type"];
  readonly name: string;
}

/** The events of each name, and the identifies that set each key, are a part. */
export function partsOf({ events, traitKeys, bounds, accountDepth }: NeededHistory): HistoryParts {
  const named = eventTypes.map((type) => events.get(type));
  if (bounds || accountDepth > 0 || named.includes(null)) return { name: "", parts: null };
  const ofType = (type: HistoryMessage["type"], names: Iterable<string>) =>
    [...names].sort().map((name): HistoryPart => ({ type, name }));
  const parts = [
    ...eventTypes.flatMap((type) => ofType(type, events.get(type) ?? [])),
    ...ofType("identify", traitKeys),
  ];
  return { name: JSON.stringify(parts), parts };
}

/** One person's history by its parts, for many definitions that each look at a few of them. */
export class HistoryIndex {
  readonly #person: Person;
  /** Places among the messages, by type and name. */
  #places: Map<HistoryMessage["type"], Map<string, number[]>> | undefined;
  readonly #people = new Map<string, Person>();

  constructor(person: Person) {
    this.#person = person;
  }

  /** Made when it is first of use: who is asked for one thing alone is gone through once. */
  #index(): Map<HistoryMessage["type"], Map<string, number[]>> {
    const places = new Map<HistoryMessage["type"], Map<string, number[]>>();
    const { messages } = this.#person;
    for (let place = 0; place < messages.length; place += 1) {
      const message = messages[place];
      if (message === undefined) continue;
      if (message.type !== "identify") add(places, message.type, message.event, place);
      else for (const key of Object.keys(message.properties)) add(places, "identify", key, place);
    }
    return places;
  }

  /** The person with these parts of their history alone, and their first message, before which they are no candidate. */
  with({ name, parts }: HistoryParts): Person {
    if (parts === null) return this.#person;
    const known = this.#people.get(name);
    if (known) return known;
    const { userId, anonymousIds, memberships } = this.#person;
    const messages = this.#people.size === 0 ? this.#filtered(parts) : this.#found(parts);
    const person = { userId, anonymousIds, messages, ...(memberships && { memberships }) };
    this.#people.set(name, person);
    return person;
  }

  #filtered(parts: readonly HistoryPart[]): HistoryMessage[] {
    return this.#person.messages.filter(
      ({ type, event, properties }, place) =>
        place === 0 ||
        parts.some(
          (part) =>
            part.type === type && (type === "identify" ? Object.hasOwn(properties, part.name) : part.name === event),
        ),
    );
  }

  #found(parts: readonly HistoryPart[]): HistoryMessage[] {
    const { messages } = this.#person;
    const some: HistoryMessage[] = [];
    let before = -1;
    for (const place of this.#placesOf(parts)) {
      const message = place === before ? undefined : messages[place];
      if (message) some.push(message);
      before = place;
    }
    return some;
  }

  /** In their order; a message that is in several parts has its place several times. */
  #placesOf(parts: readonly HistoryPart[]): number[] {
    this.#places ??= this.#index();
    const places = [0];
    let lists = 0;
    for (const { type, name } of parts) {
      const own = this.#places.get(type)?.get(name);
      if (own === undefined) continue;
      lists += 1;
      for (const place of own) places.push(place);
    }
    return lists > 1 ? places.sort((one, other) => one - other) : places;
  }
}

function add(
  all: Map<HistoryMessage["type"], Map<string, number[]>>,
  type: HistoryMessage["type"],
  name: string,
  place: number,
): void {
  let named = all.get(type);
  if (named === undefined) {
    named = new Map();
    all.set(type, named);
  }
  const places = named.get(name);
  if (places) places.push(place);
  else named.set(name, [place]);
}
