import type { JsonValue } from "@/core/event/message";
import type { Chain } from "@/core/funnel/chain";
import { hasListedSteps } from "@/core/funnel/listed-chains";
import { firstStartDecides } from "@/core/funnel/single-starts";
import type { HeldList } from "@/server/audiences/event-lists/held-list";
import { Pace } from "@/server/audiences/event-lists/pace";
import { readAhead } from "@/server/audiences/event-lists/read-ahead";
import { type Span, spansOf } from "@/server/audiences/event-lists/spans";
import { stretchesOf } from "@/server/audiences/event-lists/stretches";
import { bitmapTextOf } from "@/server/event-store/bitmap";
import { PeopleBits } from "@/server/event-store/people-bits";
import type { QueryOptions } from "@/server/event-store/query-options";
import type { BlockReader } from "@/server/event-store/sql";
import { beginPiece, type TellDone, walkWeight } from "@/server/progress/progress";
import type { FunnelQuery } from "./funnel-query";
import { type GroupsOfPeople, groupsOfPeople } from "./groups";
import { heldLists, prepareLists } from "./held-lists";
import { HeldPart } from "./held-part";
import { PartReader } from "./part-reader";
import type { ReadPart } from "./read-part";
import { inTurn } from "./turns";
import { type WhoMatters, whoIsCounted, whoMatters } from "./who-matters";

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
  /** About so many events are held in memory for each part of the people; as many as suits unless told. */
  atATime?: number | undefined;
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
  { signal, sample, after, nested, ...wishes }: WalkOptions = {},
): Promise<void> {
  const tellDone = beginPiece(walkWeight);
  const inItsTurn = nested ? <Answer>(_: AbortSignal | undefined, work: () => Promise<Answer>) => work() : inTurn;
  await inItsTurn(signal, async () => {
    // Leaving early ends the reading that has begun for later.
    const ended = new AbortController();
    const options = {
      signal: signal ? AbortSignal.any([signal, ended.signal]) : ended.signal,
      heavy: true,
    };
    try {
      const pace = new Pace(signal);
      const listed = hasListedSteps(query.rules) && !(query.rules.breakdown && "property" in query.rules.breakdown);
      const [held, groups] = await Promise.all([
        listed ? heldLists(store, query, options) : undefined,
        groupsOfPeople(store, query, options),
      ]);
      const { who, matters, lists, way, events } = held
        ? await ofHeld(store, query, held, options)
        : await ofStored(store, query, { listed, sample }, options);
      // A sample is read side by side, for it is waited for.
      const most = wishes.atATime ?? (listed ? listedAtATime : mergedAtATime);
      const atATime = sample === undefined ? most : Math.min(most, events / sample / readAtOnce);
      const reader = new PartReader(store, query, options, pace);
      const walker = new Walker(reader, way, who, groups, visit, tellDone, lists);
      const spans = spansOf({ end: who.counted.end, events }, { after: after ?? null, sample, atATime });
      for await (const { part, read } of readAhead(spans, readAtOnce, (ahead) => walker.read(ahead))) {
        if (!(await walker.walk(read, part))) return;
      }
      if (matters && listed && sample === undefined) prepareLists(store, query, matters);
    } finally {
      ended.abort();
      tellDone(1);
    }
  });
}

/** Parts of the people that are in memory at a time: one is gone through while the next ones are read. */
const readAtOnce = 3;

/** About so many events are held in memory for each part, read as lists and otherwise. */
const listedAtATime = 6_000_000;
const mergedAtATime = 3_000_000;

/** Where the order of arrival decides of more than this share of the people, it is read with the events at once. */
const oftenTied = 0.01;
/** And where more than this share start several times, all that they did is listed. */
const oftenRepeated = 0.2;

/** How events are read: from what is held in memory, or as `PartReader` does. */
type Way = "held" | "merged" | "listed" | "single";

/** What a walk goes by. */
interface Course {
  who: Pick<WhoMatters, "counted" | "whose">;
  /** Where nothing is held. */
  matters?: WhoMatters | undefined;
  lists?: readonly HeldList[] | undefined;
  way: Way;
  /** About how many events there are of the names that are looked at. */
  events: number;
}

async function ofHeld(
  store: BlockReader,
  query: FunnelQuery,
  lists: readonly HeldList[],
  options: QueryOptions,
): Promise<Course> {
  const events = lists.reduce((sum, { times }) => sum + times.length, 0);
  return { who: await whoIsCounted(store, query, options), lists, way: "held", events };
}

async function ofStored(
  store: BlockReader,
  query: FunnelQuery,
  { listed, sample }: { listed: boolean; sample: number | undefined },
  options: QueryOptions,
): Promise<Course> {
  const who = await whoMatters(store, query, options);
  const way = wayFor(query, who, { listed, sampled: sample !== undefined });
  return { who, matters: who, way, events: who.events };
}

function wayFor(
  { plans: [plan, other] }: FunnelQuery,
  { starts, starters }: WhoMatters,
  { listed, sampled }: { listed: boolean; sampled: boolean },
): Way {
  if (!listed) return "merged";
  // The people of a sample are few and far between: no place is held for those who are left out.
  if (sampled) return "listed";
  const single = firstStartDecides(plan) || starts <= (1 + oftenRepeated) * starters;
  return single && other === undefined ? "single" : "listed";
}

/** Where a walk stands: at one of the query's plans for a person. */
interface Place {
  profile: number;
  plan: number;
}

class Walker {
  readonly #visit: Visit;
  #arrivals = false;

  constructor(
    readonly reader: PartReader,
    public way: Way,
    readonly who: Pick<WhoMatters, "counted" | "whose">,
    readonly groups: GroupsOfPeople,
    readonly visit: (visit: Visit, plan: number) => boolean,
    readonly tellDone: TellDone,
    readonly lists: readonly HeldList[] | undefined,
  ) {
    const chain = { depth: 0, length: 0, events: new Int32Array(0), steps: new Int32Array(0), reached: 0 };
    this.#visit = { profile: 0, chain, times: new Float64Array(0), value: null };
  }

  async read(part: readonly Span[]): Promise<ReadPart> {
    const { whose } = this.who;
    if (this.way === "held" && this.lists) return new HeldPart(this.lists, this.reader.query);
    if (this.way === "single") return this.reader.single(whose, part);
    if (this.way === "merged") return this.reader.merged(whose, part);
    return this.reader.listed(whose, part, { arrivals: this.#arrivals });
  }

  /** Goes through one part of the people. Answers whether to go on. */
  async walk(read: ReadPart, spans: readonly Span[]): Promise<boolean> {
    const { counted } = this.who;
    let untold: ReadPart | undefined;
    for (const { from, to } of stretchesOf(spans)) {
      await this.reader.pace.rest();
      this.tellDone(from / counted.end);
      read.open(from, to);
      const place: Place = { profile: from, plan: 0 };
      let end = this.#goThrough(read, untold, place, to);
      if (end === "untold") {
        untold = await this.#readUntold(read, spans, from);
        read.open(from, to);
        end = this.#goThrough(read, untold, place, to);
      }
      if (end === "enough") return false;
    }
    return true;
  }

  /**
   * Shows the people from a place on, until the end or until nobody else is wanted, or until somebody of whom what was read does not
   * tell, at whose place it can be gone on.
   */
  #goThrough(read: ReadPart, untold: ReadPart | undefined, place: Place, to: number): "end" | "enough" | "untold" {
    const { counted } = this.who;
    const plans = this.reader.query.plans.length;
    for (let { profile, plan } = place; profile < to; profile += 1, plan = 0) {
      if (!counted.has(profile)) continue;
      for (; plan < plans; plan += 1) {
        const chain = read.chainOf(profile, plan);
        if (chain === undefined && untold === undefined) {
          place.profile = profile;
          place.plan = plan;
          return "untold";
        }
        const told = chain ?? untold?.chainOf(profile, plan);
        if (told && !this.#show(chain ? read : (untold ?? read), profile, told, plan)) return "enough";
      }
    }
    return "end";
  }

  #show(read: ReadPart, profile: number, chain: Chain, plan: number): boolean {
    if (chain.depth === 0) return true;
    const shown = this.#visit;
    shown.profile = profile;
    shown.chain = chain;
    shown.times = read.times;
    shown.value = read.groupOf ? read.groupOf(chain) : this.groups(profile);
    return this.visit(shown, plan);
  }

  /** Of the people from one number on, those of whom what was read does not tell: their events with their arrivals. */
  async #readUntold(read: ReadPart, spans: readonly Span[], since: number): Promise<ReadPart> {
    const { reader } = this;
    const people: number[] = [];
    let seen = 0;
    for (const { from, to } of stretchesOf(spans)) {
      if (to <= since) continue;
      await reader.pace.rest();
      read.open(from, to);
      seen += this.#gatherUntold(read, from, to, people);
    }
    if (this.way === "single") {
      if (people.length > seen * oftenRepeated) this.way = "listed";
    } else if (this.way === "held") {
      if (people.length > seen * oftenTied) {
        this.way = "listed";
        this.#arrivals = true;
      }
    } else this.#arrivals ||= people.length > seen * oftenTied;
    return reader.merged({ counted: bitmapTextOf(PeopleBits.ofNumbers(people)), beyond: undefined }, spans);
  }
  /** Answers of how many people it was looked whether what was read tells of them. */
  #gatherUntold(read: ReadPart, from: number, to: number, people: number[]): number {
    const { reader, who } = this;
    let seen = 0;
    for (let profile = from; profile < to; profile += 1) {
      if (!who.counted.has(profile)) continue;
      seen += 1;
      if (reader.query.plans.some((_, plan) => read.chainOf(profile, plan) === undefined)) people.push(profile);
    }
    return seen;
  }
}
