import { chainFinder } from "@/core/funnel/find-chain";
import { type Run, runsOf } from "@/server/audiences/event-lists/event-runs";
import type { Pace } from "@/server/audiences/event-lists/pace";
import { inStoredOrder } from "@/server/audiences/event-lists/rows";
import type { Span } from "@/server/audiences/event-lists/spans";
import type { NativeBlock } from "@/server/event-store/native";
import type { QueryOptions } from "@/server/event-store/query-options";
import type { BlockReader, Sql } from "@/server/event-store/sql";
import { eventRows, listedEventRows, type WhoseEvents } from "./event-rows";
import type { FunnelQuery } from "./funnel-query";
import { groupOfEvent } from "./groups";
import { ListedPart } from "./listed-part";
import { PersonRows } from "./person-rows";
import type { ReadPart } from "./read-part";

/** Reads the events of parts of the people. */
export class PartReader {
  constructor(
    readonly store: BlockReader,
    readonly query: FunnelQuery,
    readonly options: QueryOptions,
    readonly pace: Pace,
  ) {}

  /** For plans of any kind. */
  async merged(whose: WhoseEvents, spans: readonly Span[]): Promise<ReadPart> {
    const { rules, plans } = this.query;
    const { breakdown, exclude = [] } = rules;
    const [start, end] = [spans[0]?.from ?? 0, spans.at(-1)?.to ?? 0];
    const rows = new PersonRows({
      kills: exclude.length > 0,
      values: breakdown !== undefined && "property" in breakdown,
    });
    const blocks: NativeBlock[] = [];
    await this.#eachBlock(eventRows(this.query, whose, spans), (block) => blocks.push(block));
    await rows.take(blocks, start, end, this.pace);
    const finders = plans.map(chainFinder);
    const { begins, events } = rows;
    return {
      open: () => undefined,
      times: events.times,
      chainOf: (profile, plan) =>
        finders[plan]?.(events, begins[profile - start] ?? 0, begins[profile - start + 1] ?? 0),
      groupOf: groupOfEvent(rules, rows),
    };
  }

  /** Where `hasListedSteps`; without arrivals, which are seldom needed, in two thirds of the time. */
  async listed(whose: WhoseEvents, spans: readonly Span[], { arrivals }: { arrivals: boolean }): Promise<ReadPart> {
    const runs: Run[] = [];
    await this.#eachBlock(listedEventRows(this.query, whose, spans, { arrivals }), (block) => {
      for (const run of runsOf(block, { arrivals })) runs.push(run);
    });
    return new ListedPart(runs, this.query, arrivals);
  }

  async #eachBlock(statement: Sql, take: (block: NativeBlock) => void): Promise<void> {
    const options = { ...this.options, settings: inStoredOrder };
    for await (const blocks of this.store.blockStream(statement, options)) {
      for (const block of blocks) take(block);
      await this.pace.rest();
    }
  }
}
