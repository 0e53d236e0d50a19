import { bitmapLiteral } from "@/server/event-store/bitmap";
import type { PeopleBits } from "@/server/event-store/people-bits";
import { Later, Sql } from "@/server/event-store/sql";
import { type PeopleSet, readSets, type SetReader } from "./set-reader";

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
