import { eventTypes, type HistoryMessage } from "../event/message";
import type { NeededHistory } from "./needed-history";
import type { Person } from "./person";

/** Which parts of a history a definition looks at. */
export interface HistoryParts {
  /** The same for definitions that look at the same. */
  readonly name: string;
  /** Null for all of it. */
  readonly parts: readonly string[] | null;
}

/** The events of each name, and the identifies that set each key, are a part. */
export function partsOf({ events, traitKeys, bounds, accountDepth }: NeededHistory): HistoryParts {
  const named = eventTypes.map((type) => events.get(type));
  if (bounds || accountDepth > 0 || named.includes(null)) return { name: "", parts: null };
  const parts = [
    ...eventTypes.flatMap((type) => [...(events.get(type) ?? [])].map((name) => eventPart(type, name))),
    ...[...traitKeys].map(traitPart),
  ].sort();
  return { name: JSON.stringify(parts), parts };
}

function eventPart(type: HistoryMessage["type"], name: string): string {
  return `${type} ${name}`;
}

function traitPart(key: string): string {
  return `trait ${key}`;
}

/** One person's history by its parts, for many definitions that each look at a few of them. */
export class HistoryIndex {
  readonly #person: Person;
  /** Places among the messages, by part. */
  readonly #places = new Map<string, number[]>();
  readonly #people = new Map<string, Person>();

  constructor(person: Person) {
    this.#person = person;
    for (const [place, { type, event, properties }] of person.messages.entries()) {
      if (type !== "identify") this.#add(eventPart(type, event), place);
      else for (const key of Object.keys(properties)) this.#add(traitPart(key), place);
    }
  }

  /** The person with these parts of their history alone, and their first message, before which they are no candidate. */
  with({ name, parts }: HistoryParts): Person {
    if (parts === null) return this.#person;
    const known = this.#people.get(name);
    if (known) return known;
    const { messages } = this.#person;
    const places = this.#placesOf(parts);
    const some = places.flatMap((place, index) => (place === places[index - 1] ? [] : (messages[place] ?? [])));
    const person = { ...this.#person, messages: some };
    this.#people.set(name, person);
    return person;
  }

  /** In their order; a message that is in several parts has its place several times. */
  #placesOf(parts: readonly string[]): number[] {
    const places = [0];
    for (const part of parts) for (const place of this.#places.get(part) ?? []) places.push(place);
    return parts.length > 1 ? places.sort((one, other) => one - other) : places;
  }

  #add(part: string, place: number): void {
    const places = this.#places.get(part);
    if (places) places.push(place);
    else this.#places.set(part, [place]);
  }
}
