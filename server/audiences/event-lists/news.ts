import type { EventMatch } from "@/core/audience/definition";
import type { NativeBlock } from "@/server/event-store/native";
import type { QueryOptions } from "@/server/event-store/query-options";
import { type BlockReader, join, param, type Sql, sql } from "@/server/event-store/sql";
import type { FurtherEvents } from "./held-list";
import { anyOf } from "./rows";

type Options = Pick<QueryOptions, "signal">;

/** What has become of the store since an arrival. */
export interface News {
  /** Everything up to this arrival is stored, with all that derives from it. */
  until: number;
  /** In ascending order the people whose events are to be read anew: those of whom more has changed than that messages came in. */
  replaced: Uint32Array;
}

/** What is known of lists that are held. */
interface Known {
  /** All that had arrived by then is in them. */
  since: number;
  /** Whether something that has arrived since may be in them as well: they were read meanwhile. */
  mayHaveMore: boolean;
}

/**
 * What has come in since some lists of the matches were brought up to date. Rows that have moved keep their arrival, so that whose they are
 * now is told by the people whom something was moved to: those that numbers were joined into (the joined and the deleted have none any more), and, where some were, all who were
 * given identifiers, for of a parting only the largest part is a number that something was joined into.
 */
export async function readNews(
  store: BlockReader,
  matches: readonly EventMatch[],
  { since, mayHaveMore }: Known,
  options: Options,
): Promise<News> {
  const after = param.uint64(since);
  const until = await storedUntil(store, options);
  const moved = sql`SELECT arrayJoin([profile, into]) AS profile FROM profile_merges WHERE arrival > ${after}
    UNION ALL SELECT profile FROM identities WHERE version > ${after} AND (SELECT count() FROM profile_merges WHERE arrival > ${after}) > 0`;
  const arrived = sql` UNION ALL SELECT profile FROM messages WHERE ${anyOf(matches)} AND arrival > ${after}`;
  const changed = await store.kept(
    sql`SELECT DISTINCT profile FROM (${moved}${mayHaveMore ? arrived : sql``}) ORDER BY profile`,
    options,
  );
  return { until, replaced: numbersOf(changed) };
}

/** The arrival up to which everything is stored, with all that derives from it. */
export async function storedUntil(store: BlockReader, { signal }: Options): Promise<number> {
  const [derived] = await store.kept(sql`SELECT max(arrival) AS until FROM derived_until`, { signal });
  return Number(derived?.view("until", "UInt64").getBigUint64(0, true) ?? 0n);
}

/** The highest number that somebody with a message has. */
export async function highestNumber(store: BlockReader, { signal }: Options): Promise<number> {
  const [found] = await store.kept(sql`SELECT max(profile) AS highest FROM profile_activity`, { signal });
  return found?.view("highest", "UInt32").getUint32(0, true) ?? 0;
}

/** For each match, which have no filters, the events that came in after an arrival and up to another, and all of those who are `replaced`. */
export async function readFurther(
  store: BlockReader,
  matches: readonly EventMatch[],
  { since, until, replaced }: News & Pick<Known, "since">,
  { signal }: Options,
): Promise<FurtherEvents[]> {
  const people = sql`profile IN ${param.uint32s([...replaced])}`;
  const upTo = sql`arrival <= ${param.uint64(until)}`;
  // In two statements, for what has arrived lately is found by an index of arrivals, and people's events by their numbers.
  const ways: Sql[] = [
    ...(until > since
      ? [sql`arrival > ${param.uint64(since)} AND ${upTo}${replaced.length > 0 ? sql` AND NOT ${people}` : sql``}`]
      : []),
    ...(replaced.length > 0 ? [sql`${people} AND ${upTo}`] : []),
  ];
  const step = sql`toUInt8(multiIf(${join(matches.map((match, index) => sql`${anyOf([match])}, ${param.uint32(index)}`))}, 255))`;
  const found = await store.blocks(
    sql`SELECT ${step} AS step, profile, toFloat64(toUnixTimestamp64Milli(timestamp)) AS time FROM (
      ${join(
        ways.map((way) => sql`SELECT type, event, profile, timestamp FROM messages WHERE ${anyOf(matches)} AND ${way}`),
        sql` UNION ALL `,
      )}
    ) ORDER BY step, profile, timestamp`,
    { signal, heavy: true },
  );
  const rows = found.reduce((sum, block) => sum + block.rows, 0);
  const numbers = numbersOf(found);
  const times = new Float64Array(rows);
  const ends = new Uint32Array(matches.length);
  let at = 0;
  for (const block of found) {
    const column = block.view("time", "Float64");
    const steps = block.bytes("step", "UInt8");
    for (let row = 0; row < block.rows; row += 1) {
      times[at] = column.getFloat64(row * 8, true);
      at += 1;
      ends[steps[row] ?? 0] = at;
    }
  }
  let from = 0;
  return Array.from(ends, (end) => {
    const to = Math.max(from, end);
    const events = { people: numbers.subarray(from, to), times: times.subarray(from, to) };
    from = to;
    return events;
  });
}

function numbersOf(blocks: readonly NativeBlock[]): Uint32Array {
  const numbers = new Uint32Array(blocks.reduce((sum, block) => sum + block.rows, 0));
  let at = 0;
  for (const block of blocks) {
    const column = block.view("profile", "UInt32");
    for (let row = 0; row < block.rows; row += 1) {
      numbers[at] = column.getUint32(row * 4, true);
      at += 1;
    }
  }
  return numbers;
}
