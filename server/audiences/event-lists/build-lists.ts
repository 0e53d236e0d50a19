import type { EventMatch } from "@/core/audience/definition";
import type { QueryOptions } from "@/server/event-store/query-options";
import type { BlockReader } from "@/server/event-store/sql";
import { estimatedRows } from "./estimated-rows";
import type { HeldList } from "./held-list";
import { ListBuilder } from "./list-builder";
import { ListReader } from "./list-reader";
import { highestNumber } from "./news";
import { Pace } from "./pace";
import { readAhead } from "./read-ahead";
import { anyOf, tellingNames } from "./rows";
import { spansOf } from "./spans";

/** About so many events are read for each part of the people; so many parts are read at a time. */
const eventsAtATime = 4_000_000;
const readAtOnce = 3;

/** Reads everybody's events of the names and types of some matches, which have no filters. Of what comes in meanwhile some may be in the lists. */
export async function buildLists(
  store: BlockReader,
  matches: readonly EventMatch[],
  { signal }: Pick<QueryOptions, "signal">,
): Promise<HeldList[]> {
  const pace = new Pace(signal);
  const people = (await highestNumber(store, { signal })) + 1;
  const events = await estimatedRows(store, anyOf(matches), { signal });
  const builder = new ListBuilder(matches.length, people);
  const reader = new ListReader(store, { signal }, pace);
  const parts = spansOf({ end: people, events }, { after: null, atATime: eventsAtATime });
  const read = (spans: (typeof parts)[number]) =>
    reader.packed({
      spans,
      matches: matches.map((match) => anyOf([match])),
      names: tellingNames(matches),
      wanted: anyOf(matches),
      someFitNone: false,
      arrivals: false,
    });
  for await (const { part, read: blocks } of readAhead(parts, readAtOnce, read)) {
    for (const span of part) await builder.take(blocks, span, pace);
  }
  return builder.built();
}
