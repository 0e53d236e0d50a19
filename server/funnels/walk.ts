import type { JsonValue } from "@/core/event/message";
import type { Chain } from "@/core/funnel/chain";
import { chainFinder } from "@/core/funnel/find-chain";
import type { NativeBlock } from "@/server/event-store/native";
import type { BlockReader } from "@/server/event-store/sql";
import { eventRows, type Span } from "./event-rows";
import type { FunnelQuery } from "./funnel-query";
import { type GroupsOfPeople, groupOfEvent, groupsOfPeople } from "./groups";
import { Pace } from "./pace";
import { PersonRows } from "./person-rows";
import { spansOf } from "./spans";
import { inTurn } from "./turns";
import { type WhoMatters, whoMatters } from "./who-matters";

/** What became of one person who is counted and entered. Overwritten by the next call. */
interface Visit {
  profile: number;
  chain: Chain;
  /** Of all events in the chain's reach, milliseconds since the epoch. */
  times: Float64Array;
  /** The value of the breakdown. */
  value: JsonValue;
}

export interface WalkOptions {
  signal?: AbortSignal | undefined;
  /** Goes through one of so many people only. */
  sample?: number | undefined;
  /** Only people whose number comes after this one. */
  after?: number | null | undefined;
  /** Set where another funnel or an audience waits for this one: it must not wait for a turn that they hold. */
  nested?: boolean | undefined;
}

/**
 * Goes through the people of a funnel by their numbers, lowest first, and shows each who entered, with the chain that decides
 * their result, for each of the query's ranges (`plan` is its position); until `visit` answers false. The engine reads the
 * events; what they mean is found here, by the very code that says it of one person.
 */
export async function walkFunnel(
  store: BlockReader,
  query: FunnelQuery,
  visit: (visit: Visit, plan: number) => boolean,
  { signal, sample, after, nested }: WalkOptions = {},
): Promise<void> {
  const inItsTurn = nested ? <Answer>(_: AbortSignal | undefined, work: () => Promise<Answer>) => work() : inTurn;
  await inItsTurn(signal, async () => {
    // Leaving early ends the reading that has begun for later.
    const ended = new AbortController();
    const options = {
      signal: signal ? AbortSignal.any([signal, ended.signal]) : ended.signal,
      heavy: true,
    };
    try {
      const [who, groups] = await Promise.all([
        whoMatters(store, query, options),
        groupsOfPeople(store, query, options),
      ]);
      const walker = new Walker(query, who, groups, visit, new Pace(signal));
      const spans = spansOf(who, { after: after ?? null, sample });
      const load = (part: readonly Span[] | undefined) => part && store.blocks(eventRows(query, who, part), options);
      let next = load(spans[0]);
      for (const [index, part] of spans.entries()) {
        const blocks = (await next) ?? [];
        next = load(spans[index + 1]);
        // What fails while another part is gone through is told when it is waited for.
        next?.catch(() => undefined);
        if (!(await walker.walk(blocks, part))) return;
      }
    } finally {
      ended.abort();
    }
  });
}

class Walker {
  readonly #finders;
  readonly #rows: PersonRows;
  readonly #visit: Visit;

  constructor(
    readonly query: FunnelQuery,
    readonly who: WhoMatters,
    readonly groups: GroupsOfPeople,
    readonly visit: (visit: Visit, plan: number) => boolean,
    readonly pace: Pace,
  ) {
    this.#finders = query.plans.map(chainFinder);
    const { breakdown, exclude = [] } = query.rules;
    this.#rows = new PersonRows({
      kills: exclude.length > 0,
      values: breakdown !== undefined && "property" in breakdown,
    });
    const chain = { depth: 0, length: 0, events: new Int32Array(0), steps: new Int32Array(0), reached: 0 };
    this.#visit = { profile: 0, chain, times: new Float64Array(0), value: null };
  }

  /** Goes through one part of the people. Answers whether to go on. */
  async walk(blocks: readonly NativeBlock[], part: readonly Span[]): Promise<boolean> {
    const rows = this.#rows;
    const [from, to] = [part[0]?.from ?? 0, part.at(-1)?.to ?? 0];
    await rows.take(blocks, from, to, this.pace);
    const { begins, events } = rows;
    const { counted } = this.who;
    const shown = this.#visit;
    const groupOf = groupOfEvent(this.query.rules, rows);
    shown.times = events.times;
    for (let person = 0; person < to - from; person += 1) {
      if ((person & 511) === 0) await this.pace.rest();
      const begin = begins[person] ?? 0;
      const end = begins[person + 1] ?? 0;
      const profile = from + person;
      if (begin === end || ((counted[profile >> 3] ?? 0) & (1 << (profile & 7))) === 0) continue;
      for (let plan = 0; plan < this.#finders.length; plan += 1) {
        const chain = this.#finders[plan]?.(events, begin, end);
        if (!chain || chain.depth === 0) continue;
        shown.profile = profile;
        shown.chain = chain;
        shown.value = groupOf ? groupOf(chain) : this.groups(profile);
        if (!this.visit(shown, plan)) return false;
      }
    }
    return true;
  }
}
