import { bitmapLiteral } from "@/server/event-store/bitmap";
import type { PeopleBits } from "@/server/event-store/people-bits";
import { Later, Sql } from "@/server/event-store/sql";
import type { SetReader } from "./set-reader";
import { readSets } from "./set-reader";

/**
 * A set of people that is still to be found. Leaves are read from the event store, each by short statements of its own that run
 * side by side and are kept until the next write; what is made of them is computed in this process, a bit for each person.
 * (One statement for all of it would take the engine longer to plan than all of its parts take to run.)
 */
export type PeopleSet = Leaf | Combined;

interface Leaf {
  readonly kind: "leaf";
  /** What is asked, so that it is found once in a definition, or in several of one moment. */
  readonly key: string;
  find(reader: SetReader): Promise<PeopleBits>;
}

interface Combined {
  readonly kind: "and" | "or" | "without";
  readonly left: PeopleSet;
  readonly right: PeopleSet;
}

export function leaf(key: string, find: (reader: SetReader) => Promise<PeopleBits>): PeopleSet {
  return { kind: "leaf", key, find };
}

/** A leaf of everybody in the `people` of one statement's rows (states of groupBitmap as text, see set-reader.ts). */
export function leafOf(key: string, statement: () => Sql): PeopleSet {
  return leaf(key, (reader) => reader.states(statement()));
}

/** Those in both. */
export function and(left: PeopleSet, right: PeopleSet): PeopleSet {
  return { kind: "and", left, right };
}

/** Those in either. */
export function or(left: PeopleSet, right: PeopleSet): PeopleSet {
  return { kind: "or", left, right };
}

/** Those in the first and not in the second. */
export function without(left: PeopleSet, right: PeopleSet): PeopleSet {
  return { kind: "without", left, right };
}

/** A set as the expression of a bitmap, for statements of any kind: it is found when the statement is sent. */
export function bitmapOf(set: PeopleSet): Sql {
  return new Sql([
    new Later(async (store, signal) => {
      const [people] = await readSets(store, [set], { signal });
      if (!people) throw new Error("One set was asked for");
      return bitmapLiteral(people);
    }),
  ]);
}
