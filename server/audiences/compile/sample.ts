import { sql } from "@/server/event-store/sql";
import { number } from "./period-rows";
import { type PeopleSet, statePeople } from "./set-reader";
import { leafOf } from "./sets";

/** The set of one of so many people, always the same ones. */
export function sampledPeople(of: number): PeopleSet {
  return leafOf(
    `sample:${of}`,
    () => sql`SELECT ${statePeople} FROM profile_activity WHERE intHash32(profile) % ${number(of)} = 0`,
  );
}

/** Settings that let a statement see no messages but those of the sampled people. */
export function sampleSettings(of: number): Readonly<Record<string, string>> {
  return { additional_table_filters: `{'messages': 'intHash32(profile) % ${Math.floor(of)} = 0'}` };
}
