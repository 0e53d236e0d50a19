import { totalmem } from "node:os";
import type { EventMatch } from "@/core/audience/definition";
import { matchedTypes } from "@/core/audience/match-event";
import type { QueryOptions } from "@/server/event-store/query-options";
import type { BlockReader } from "@/server/event-store/sql";
import { buildLists } from "./build-lists";
import { estimatedRows } from "./estimated-rows";
import { bytesOf, type HeldList, withFurther } from "./held-list";
import { readFurther, readNews, storedUntil } from "./news";
import { anyOf } from "./rows";

/** Of the machine's memory, or of what this process may have of it, so much at most is used for lists. */
const shareOfMemory = 1 / 8;
const bytesOfRow = Float64Array.BYTES_PER_ELEMENT;
/** Fewer events are read from the store as fast. */
const fewest = 1_000_000;
/** Where more people than this were joined or parted since, a list is made anew. */
const mostReplaced = 100_000;

/** What is held of one name. */
interface Held {
  list: HeldList;
  /** Everything up to this arrival is in the list. */
  until: number;
  /** Whether something that has arrived later may be in it as well. */
  mayHaveMore: boolean;
}

type Options = Pick<QueryOptions, "signal">;

const memories = new WeakMap<object, EventMemory>();

/** The memory of a store, the same one however the store is wrapped. */
export function eventMemoryOf({ identity }: BlockReader): EventMemory {
  const known = memories.get(identity);
  if (known) return known;
  const memory = new EventMemory();
  setEventMemory({ identity }, memory);
  return memory;
}

/** From now on this is the memory of a store. */
export function setEventMemory({ identity }: Pick<BlockReader, "identity">, memory: EventMemory): void {
  memories.set(identity, memory);
}

/**
 * Lists of events of whole names, kept in memory and brought up to date by what has come in since: tens of millions of events
 * are gone through in a tenth of the time that the store takes to hand them over. What was not asked for the longest goes first.
 * Docs: docs/decisions/0007-events-as-lists.md.
 */
export class EventMemory {
  readonly #held = new Map<string, Held>();
  /** One at a time makes lists, and one at a time brings them up to date: what is held is had while others are made. */
  #making: Promise<unknown> = Promise.resolve();
  #updating: Promise<unknown> = Promise.resolve();

  constructor(
    readonly mostBytes = Math.min(totalmem(), process.constrainedMemory() || Infinity) * shareOfMemory,
    readonly fewestRows = fewest,
  ) {}

  /**
   * Everybody's events of the name and type of each match, up to the latest that is stored, if they are held.
   * Errors: `timed_out`, `cancelled`, `unavailable`.
   */
  async lists(store: BlockReader, matches: readonly EventMatch[], options: Options): Promise<HeldList[] | undefined> {
    if (!matches.every(isOfOneName) || this.#missing(matches).length > 0) return undefined;
    return this.#upToDate(store, matches, options);
  }

  /** Makes what is missing in the background, for who asks next. If that fails, they are answered by the store as before. */
  prepare(store: BlockReader, matches: readonly EventMatch[]): void {
    this.make(store, matches).catch(() => undefined);
  }

  /**
   * Makes what is missing, which takes as long as to read all of its events; nothing where a match has filters or no name, or where
   * there are too few events to be worth it or too many to be held. Errors: as `lists`.
   */
  make(store: BlockReader, matches: readonly EventMatch[], { signal }: Options = {}): Promise<void> {
    if (!matches.every(isOfOneName) || this.#missing(matches).length === 0) return Promise.resolve();
    const making = this.#making.then(() => this.#make(store, matches, { signal }));
    this.#making = making.catch(() => undefined);
    return making;
  }

  async #make(store: BlockReader, matches: readonly EventMatch[], { signal }: Options): Promise<void> {
    const missing = this.#missing(matches);
    if (missing.length === 0 || !(await this.#areWorthIt(store, matches, missing, { signal }))) return;
    const until = await storedUntil(store, { signal });
    const made = await buildLists(store, missing, { signal });
    for (const [index, list] of made.entries()) {
      const match = missing[index];
      if (match) this.#held.set(keyOf(match), { list, until, mayHaveMore: true });
    }
    this.#drop();
  }

  /** The lists that are held of all matches, with what has come in since; undefined where one is held no longer. */
  #upToDate(store: BlockReader, matches: readonly EventMatch[], { signal }: Options): Promise<HeldList[] | undefined> {
    const work = async () => {
      await this.#bringUpToDate(store, matches, { signal });
      const lists = matches.flatMap((match) => this.#use(keyOf(match)) ?? []);
      this.#drop();
      return lists.length === matches.length ? lists : undefined;
    };
    const lists = this.#updating.then(work);
    this.#updating = lists.catch(() => undefined);
    return lists;
  }

  /** What is not held, each once. */
  #missing(matches: readonly EventMatch[]): EventMatch[] {
    const missing = new Map<string, EventMatch>();
    for (const { event, type } of matches) {
      const key = keyOf({ event, type });
      if (!this.#held.has(key)) missing.set(key, { event, type });
    }
    return [...missing.values()];
  }

  async #areWorthIt(
    store: BlockReader,
    all: readonly EventMatch[],
    missing: readonly EventMatch[],
    options: Options,
  ): Promise<boolean> {
    const rows = await estimatedRows(store, anyOf(missing), options);
    if (rows < this.fewestRows) return false;
    const held = all.reduce((sum, match) => sum + bytesOfHeld(this.#held.get(keyOf(match))), 0);
    return held + rows * bytesOfRow <= this.mostBytes;
  }

  /** Puts what has come in since into the lists that are held of some matches. */
  async #bringUpToDate(store: BlockReader, matches: readonly EventMatch[], options: Options): Promise<void> {
    const named = [...new Map(matches.map((match) => [keyOf(match), match]))];
    const states = new Map(
      named.flatMap(([key]) => {
        const held = this.#held.get(key);
        return held ? [[stateOf(held), held] as const] : [];
      }),
    );
    for (const [state, { until: since, mayHaveMore }] of states) {
      const behind = named.filter(([key]) => stateOf(this.#held.get(key)) === state);
      const asked = behind.map(([, match]) => match);
      const news = await readNews(store, asked, { since, mayHaveMore }, options);
      if (news.until === since && news.replaced.length === 0) continue;
      if (news.replaced.length > mostReplaced) {
        for (const [key] of behind) this.#held.delete(key);
        continue;
      }
      const further = await readFurther(store, asked, { since, ...news }, options);
      for (const [index, [key]] of behind.entries()) {
        const held = this.#held.get(key);
        const events = further[index];
        if (held === undefined || events === undefined) continue;
        const list = withFurther(held.list, news.replaced, events);
        this.#held.set(key, { list, until: news.until, mayHaveMore: false });
      }
    }
  }

  /** The list, which becomes the one that was asked for last. */
  #use(key: string): HeldList | undefined {
    const held = this.#held.get(key);
    if (held === undefined) return undefined;
    this.#held.delete(key);
    this.#held.set(key, held);
    return held.list;
  }

  #drop(): void {
    let bytes = 0;
    for (const held of this.#held.values()) bytes += bytesOfHeld(held);
    for (const [key, held] of this.#held) {
      if (bytes <= this.mostBytes) return;
      this.#held.delete(key);
      bytes -= bytesOfHeld(held);
    }
  }
}

function isOfOneName({ event, where = [] }: EventMatch): boolean {
  return event !== undefined && where.length === 0;
}

function keyOf(match: EventMatch): string {
  return JSON.stringify([match.event, matchedTypes(match)]);
}

/** What is new for lists of one state is read at once. */
function stateOf(held: Held | undefined): string | undefined {
  return held && `${held.until} ${held.mayHaveMore}`;
}

function bytesOfHeld(held: Held | undefined): number {
  return held ? bytesOf(held.list) : 0;
}
