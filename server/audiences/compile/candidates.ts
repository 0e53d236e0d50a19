import { latestMessage } from "@/server/audiences/event-lists/latest-message";
import type { NativeBlock } from "@/server/event-store/native";
import { PeopleBits } from "@/server/event-store/people-bits";
import { param, sql } from "@/server/event-store/sql";
import { mergedPeople, type PeopleSet, statePeople } from "./set-reader";
import { and, leaf, without } from "./sets";

/**
 * The set of every live person with at least one message at or before `now` (milliseconds since the epoch), without those
 * known only by an anonymousId unless they are included.
 */
export function candidates(now: number, includeAnonymous: boolean): PeopleSet {
  const people = includeAnonymous ? standing("seen") : and(standing("seen"), standing("user"));
  return without(without(people, standing("dead")), laterPeople(now));
}

/** A set that is kept at hand in people_sets: who has or had a userId, who was ever seen, which numbers are dead. */
function standing(name: "user" | "seen" | "dead"): PeopleSet {
  return leaf(`people:${name}`, async (reader) => {
    const rows = await reader.rows(
      sql`SELECT toString(name) AS name, ${mergedPeople} FROM people_sets WHERE name != 'anonymous' GROUP BY name`,
    );
    return PeopleBits.ofStates(rows.flatMap((block) => stateNamed(block, name)));
  });
}

function stateNamed(block: NativeBlock, name: string): Uint8Array[] {
  const names = block.texts("name");
  const states = block.texts("people");
  return Array.from({ length: block.rows }, (_, row) => row)
    .filter((row) => names.at(row) === name)
    .map((row) => states.bytes(row));
}

/**
 * The people whose first message lies after `now`: few, unless `now` lies well in the past. A person may have several rows
 * in profile_activity, and only the earliest counts.
 */
function laterPeople(now: number): PeopleSet {
  return leaf(`people later:${now}`, async (reader) => {
    // Nobody's first message is later than all messages.
    if ((await latestMessage(reader.store, reader.options)) <= now) return PeopleBits.none;
    const moment = param.moment(now);
    const later = await reader.states(sql`SELECT ${statePeople} FROM profile_activity WHERE first_at > ${moment}`);
    // Of whoever has a later row, the earliest one decides; where nobody has, nothing need be read again.
    if (later.count === 0) return later;
    const earlier = await reader.states(sql`SELECT ${statePeople} FROM profile_activity WHERE first_at <= ${moment}`);
    return later.without(earlier);
  });
}
