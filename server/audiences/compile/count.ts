import type { EventNode } from "@/core/audience/definition";
import type { Moment } from "@/core/audience/operators";
import { PeopleBits } from "@/server/event-store/people-bits";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { asksOnlyWhen, peopleWhoDid } from "./did";
import { countedRows } from "./event-rows";
import { peopleWhoseHeldCount } from "./held-counts";
import { asksOnlyWhenPicked, peopleWhoFirstOrLastDid } from "./occurrence";
import { type PeopleSet, type SetReader, statePeople } from "./set-reader";
import { leaf, leafOf } from "./sets";

/** The set of the people with so many (1 or more) matching events. */
export function peopleWithEvents(
  node: EventNode,
  op: "at_least" | "exactly",
  times: number,
  moment: Moment,
): PeopleSet {
  if (op === "at_least" && times === 1 && asksOnlyWhen(node)) return peopleWhoDid(node, moment);
  if (times === 1 && asksOnlyWhenPicked(node)) return peopleWhoFirstOrLastDid(node, moment);
  const key = `event:${op}:${times}:${moment.now}:${JSON.stringify(node)}`;
  if (op === "at_least" && times === 1)
    return leafOf(key, () => sql`SELECT ${statePeople} FROM ${countedRows(node, moment)}`);
  const enough = (count: number) => (op === "exactly" ? count === times : count >= times);
  return leaf(key, async (reader) => {
    const held = asksOnlyWhen(node) ? await peopleWhoseHeldCount(node, moment, { key, enough }, reader) : undefined;
    if (held) return held;
    if (times < mostCounted) return peopleWhoseCount(countedRows(node, moment), enough, reader);
    const counted = sql`SELECT profile FROM ${countedRows(node, moment)} GROUP BY profile
      HAVING ${op === "exactly" ? sql`count() = ${param.uint64(times)}` : sql`count() >= ${param.uint64(times)}`}`;
    return reader.states(sql`SELECT ${statePeople} FROM (${counted})`);
  });
}

/** A count of a person is a byte, which stands for so many or more at its end. */
const mostCounted = 255;

/**
 * Counts in plain arrays, 65,536 people in each, take the engine half as long as groups by person do. The counts do not
 * depend on how many are asked for, so that they need not be read again where only that is edited.
 */
async function peopleWhoseCount(rows: Sql, enough: (count: number) => boolean, reader: SetReader): Promise<PeopleBits> {
  const blocks = await reader.rows(
    sql`SELECT chunk, arrayMap(count -> toUInt8(least(count, ${param.uint32(mostCounted)})), counts) AS counts FROM (
      SELECT toUInt16(bitShiftRight(profile, 16)) AS chunk, countResample(0, 65536, 1)(bitAnd(profile, 65535)) AS counts
      FROM ${rows} GROUP BY chunk)`,
  );
  const lists = blocks.flatMap((block) => {
    const chunks = block.view("chunk", "UInt16");
    return block.byteLists("counts").map((bytes, row) => ({ chunk: chunks.getUint16(row * 2, true), bytes }));
  });
  return PeopleBits.ofBytes(lists, enough);
}
