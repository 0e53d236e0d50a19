import { chainFinder } from "@/core/funnel/find-chain";
import { eventsBetween, type PackedEvents } from "@/core/funnel/packed-events";
import { SingleStarts } from "@/core/funnel/single-starts";
import { stepsOf } from "@/server/audiences/event-lists/event-runs";
import { baseOf, ListReader } from "@/server/audiences/event-lists/list-reader";
import type { Pace } from "@/server/audiences/event-lists/pace";
import { inStoredOrder } from "@/server/audiences/event-lists/rows";
import type { Span } from "@/server/audiences/event-lists/spans";
import type { NativeBlock } from "@/server/event-store/native";
import type { QueryOptions } from "@/server/event-store/query-options";
import type { BlockReader } from "@/server/event-store/sql";
import { eventRows, listedEvents, type WhoseEvents } from "./event-rows";
import type { FunnelQuery } from "./funnel-query";
import { groupOfEvent } from "./groups";
import { ListedPart } from "./listed-part";
import { PersonRows } from "./person-rows";
import type { ReadPart } from "./read-part";

/** Reads the events of parts of the people. */
export class PartReader {
  readonly #lists: ListReader;

  constructor(
    readonly store: BlockReader,
    readonly query: FunnelQuery,
    readonly options: QueryOptions,
    readonly pace: Pace,
  ) {
    this.#lists = new ListReader(store, options, pace);
  }

  /** For plans of any kind. */
  async merged(whose: WhoseEvents, spans: readonly Span[]): Promise<ReadPart> {
    const { rules, plans } = this.query;
    const { breakdown, exclude = [] } = rules;
    const [start, end] = [spans[0]?.from ?? 0, spans.at(-1)?.to ?? 0];
    const rows = new PersonRows({
      kills: exclude.length > 0,
      values: breakdown !== undefined && "property" in breakdown,
    });
    const read: NativeBlock[] = [];
    const options = { ...this.options, settings: inStoredOrder };
    for await (const blocks of this.store.blockStream(eventRows(this.query, whose, spans), options)) {
      read.push(...blocks);
      await this.pace.rest();
    }
    await rows.take(read, start, end, this.pace);
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

  /** Where `hasListedSteps`; arrivals are seldom needed. */
  async listed(whose: WhoseEvents, spans: readonly Span[], { arrivals }: { arrivals: boolean }): Promise<ReadPart> {
    const runs = await this.#lists.runs(listedEvents(this.query, whose, spans, arrivals));
    return new ListedPart(runs, this.query, arrivals);
  }

  /** Where `hasListedSteps` and there is one plan: in one pass, of those of whom one event starts a chain or the first alone decides. */
  async single(whose: WhoseEvents, spans: readonly Span[]): Promise<ReadPart> {
    const base = baseOf(spans);
    const plan = this.query.plans[0];
    const singles = new SingleStarts(plan, (spans.at(-1)?.to ?? base) - base);
    const lists: PackedEvents[][] = Array.from({ length: plan.steps }, () => []);
    for (const block of await this.#lists.packed(listedEvents(this.query, whose, spans, false))) {
      const events = block.view("packed", "UInt64");
      for (const { step, from, to } of stepsOf(block)) lists[step]?.push(eventsBetween(events, from, to));
      await this.pace.rest();
    }
    for (const [step, list] of lists.entries()) {
      for (const events of list) {
        if (step === 0) singles.addStarts(events);
        else singles.addNext(step, events);
        await this.pace.rest();
      }
      if (step > 0) singles.endStep(step);
    }
    return {
      open: () => undefined,
      times: singles.times,
      chainOf: (profile) => singles.chainOf(profile - base),
      groupOf: undefined,
    };
  }
}
