import { mostPlaces } from "@/core/funnel/packed-events";
import type { NativeBlock } from "@/server/event-store/native";
import type { QueryOptions } from "@/server/event-store/query-options";
import type { BlockReader } from "@/server/event-store/sql";
import { type Run, runsOf } from "./event-runs";
import type { Pace } from "./pace";
import { inStoredOrder, type ListedEventsAsked, packedRows } from "./rows";
import type { Span } from "./spans";

/** Reads people's events for lists of them. */
export class ListReader {
  constructor(
    readonly store: BlockReader,
    readonly options: QueryOptions,
    readonly pace: Pace,
  ) {}

  /** As `packedRows` answers them. */
  packed(asked: ListedEventsAsked): Promise<NativeBlock[]> {
    const settings = { ...this.options.settings, ...inStoredOrder };
    return this.store.blocks(packedRows(asked, baseOf(asked.spans)), { ...this.options, heavy: true, settings });
  }

  async runs(asked: ListedEventsAsked): Promise<Run[]> {
    const { arrivals, spans } = asked;
    const base = baseOf(spans);
    const runs: Run[] = [];
    for (const block of await this.packed(asked)) {
      for (const run of runsOf(block, { base, arrivals })) runs.push(run);
      await this.pace.rest();
    }
    return runs;
  }
}

/** The person at place 0 among those of some spans. */
export function baseOf(spans: readonly Span[]): number {
  const base = spans[0]?.from ?? 0;
  const end = spans.at(-1)?.to ?? 0;
  if (end - base > mostPlaces) throw new RangeError("More people than can be told apart are read at once");
  return base;
}
