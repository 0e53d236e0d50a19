import type { JsonValue } from "@/core/event/message";
import type { Chain } from "@/core/funnel/chain";
import { chainFinder } from "@/core/funnel/find-chain";
import type { EventStore, QueryOptions } from "@/server/event-store/event-store";
import { eventRows, type Span } from "./event-rows";
import type { FunnelQuery } from "./funnel-query";
import { type GroupsOfPeople, groupOfEvent, groupsOfPeople } from "./groups";
import { Pace } from "./pace";
import { PersonRows } from "./person-rows";
import { spansOf } from "./spans";
import { inTurn } from "./turns";
import { type WhoMatters, whoMatters } from "./who-matters";

/** What became of one person who is counted and entered. Overwritten by the next call. */
export interface Visit {
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
}

/** How long the engine may take for what it reads at a time. */
const timeoutSeconds = 60;

/**
 * Goes through the people of a funnel by their numbers, lowest first, and shows each who entered, with the chain that decides
 * their result, for each of the query's ranges (`plan` is its position); until `visit` answers false. The engine reads the
 * events; what they mean is found here, by the very code that says it of one person.
 */
export async function walkFunnel(
  eventStore: EventStore,
  query: FunnelQuery,
  visit: (visit: Visit, plan: number) => boolean,
  { signal, sample, after }: WalkOptions = {},
): Promise<void> {
  await inTurn(signal, async () => {
    // Leaving early ends the reading that has begun for later.
    const ended = new AbortController();
    const options = { signal: signal ? AbortSignal.any([signal, ended.signal]) : ended.signal, timeoutSeconds };
    try {
      const [who, groups] = await Promise.all([
        whoMatters(eventStore, query, options),
        groupsOfPeople(eventStore, query, options),
      ]);
      const walker = new Walker(query, who, groups, visit, new Pace(signal));
      const spans = spansOf(who, { after: after ?? null, sample });
      let next = spans[0] && load(eventStore, query, who, spans[0], options);
      for (const [index] of spans.entries()) {
        const rows = await next;
        const following = spans[index + 1];
        next = following && load(eventStore, query, who, following, options);
        // Whatever fails while another span is gone through is told when it is waited for.
        next?.catch(() => undefined);
        if (rows && !(await walker.walk(rows))) return;
      }
    } finally {
      ended.abort();
    }
  });
}

async function load(
  eventStore: EventStore,
  query: FunnelQuery,
  who: WhoMatters,
  spans: readonly Span[],
  options: QueryOptions,
): Promise<PersonRows> {
  const { breakdown, exclude = [] } = query.rules;
  const [first, last] = [spans[0], spans.at(-1)];
  const rows = new PersonRows(first?.from ?? 0, last?.to ?? 0, {
    kills: exclude.length > 0,
    values: breakdown !== undefined && "property" in breakdown,
  });
  for await (const block of eventStore.streamBlocks(eventRows(query, who.wanted, spans), options)) rows.add(block);
  return rows;
}

class Walker {
  readonly #finders;
  readonly #visit: Visit;

  constructor(
    readonly query: FunnelQuery,
    readonly who: WhoMatters,
    readonly groups: GroupsOfPeople,
    readonly visit: (visit: Visit, plan: number) => boolean,
    readonly pace: Pace,
  ) {
    this.#finders = query.plans.map(chainFinder);
    const chain = { depth: 0, length: 0, events: new Int32Array(0), steps: new Int32Array(0), reached: 0 };
    this.#visit = { profile: 0, chain, times: new Float64Array(0), value: null };
  }

  /** Answers whether to go on. */
  async walk(rows: PersonRows): Promise<boolean> {
    await rows.sort(this.pace);
    const { begins, events, from } = rows;
    const { counted } = this.who;
    const shown = this.#visit;
    const groupOf = groupOfEvent(this.query.rules, rows);
    shown.times = events.times;
    for (let person = 0; person + 1 < begins.length; person += 1) {
      if ((person & 1023) === 0) await this.pace.rest();
      const [begin, end] = [begins[person] ?? 0, begins[person + 1] ?? 0];
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
