import { highestNumber } from "@/server/audiences/event-lists/news";
import { spansOf } from "@/server/audiences/event-lists/spans";
import { PeopleBits } from "@/server/event-store/people-bits";
import type { QueryOptions } from "@/server/event-store/query-options";
import type { BlockReader } from "@/server/event-store/sql";
import type { PeopleSet } from "./set-reader";
import { leaf } from "./sets";

/** One of so many people is looked at, of those with numbers below `end`: runs of neighbours, whose events lie together (`spansOf`). */
export interface Sample {
  of: number;
  end: number;
}

/** So many people tell an audience's size to a few percent of it, unless it is small: where a sample would have more, fewer are looked at. */
const enoughPeople = 60_000;

/** A sample of all who have a message, of as many as asked for or fewer where that is enough. */
export async function sampleOf(
  store: BlockReader,
  wanted: number,
  options: Pick<QueryOptions, "signal">,
): Promise<Sample> {
  const end = (await highestNumber(store, options)) + 1;
  return { of: Math.max(wanted, Math.floor(end / enoughPeople)), end };
}

/** Those who are looked at. */
export function sampledPeople(sample: Sample): PeopleSet {
  return leaf(`sample:${JSON.stringify(sample)}`, async () => {
    const numbers = runsOf(sample).flatMap(({ from, to }) =>
      Array.from({ length: to - from }, (_, index) => from + index),
    );
    return PeopleBits.ofNumbers(numbers);
  });
}

/** Settings that let a statement see no messages but those of the sampled people. */
export function sampleSettings(sample: Sample): Readonly<Record<string, string>> {
  const runs = runsOf(sample).map(({ from, to }) => `(profile >= ${from} AND profile < ${to})`);
  return { additional_table_filters: `{'messages': '${runs.join(" OR ") || "0"}'}` };
}

function runsOf({ of, end }: Sample) {
  return spansOf({ end, events: 0 }, { after: null, sample: of, atATime: 1 }).flat();
}
