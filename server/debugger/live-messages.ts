import type { ArrivedMessage } from "../../core/api/debugger";
import type { IntakeObserver, Outcome, Way } from "../ingest/intake";
import { arrivedMessage } from "./arrived-message";

/** How many of the last messages of each source are at hand. */
export const recentMessages = 250;
/** Sources with messages at hand; those that were silent for longest are let go. */
const maxSources = 100;
/** Longer messages stand in the list without what was sent. */
const maxKeptLength = 100_000;

export interface LiveItem {
  /** In order of arrival since the process began, from 1. */
  readonly number: number;
  readonly source: string;
  readonly way: Way;
  readonly outcome: Outcome;
}

export type Listener = (items: readonly LiveItem[]) => void;

/**
 * The last messages of each source, in memory, and whoever looks at them as they come. Nothing is made of a message before
 * somebody looks at it.
 */
export class LiveMessages implements IntakeObserver {
  readonly #recent = new Map<string, LiveItem[]>();
  readonly #listeners = new Set<Listener>();
  readonly #ended = new AbortController();
  #last = 0;

  /** Fires when the process ends: whoever looks on must let go. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  taken(source: string, outcomes: readonly Outcome[], way: Way): void {
    const first = this.#last + 1;
    this.#last += outcomes.length;
    // What nobody can see any more need not be noted.
    const start = this.#listeners.size > 0 ? 0 : Math.max(0, outcomes.length - recentMessages);
    const items = outcomes.slice(start).map((outcome, index): LiveItem => {
      return { number: first + start + index, source, way, outcome };
    });
    const recent = (this.#recent.get(source) ?? []).concat(items.slice(-recentMessages).map(light));
    this.#recent.delete(source);
    this.#recent.set(source, recent.length > 2 * recentMessages ? recent.slice(-recentMessages) : recent);
    const [silent] = this.#recent.size > maxSources ? this.#recent.keys() : [];
    if (silent !== undefined) this.#recent.delete(silent);
    for (const listener of this.#listeners) listener(items);
  }

  /** Lets go of all messages: somebody was deleted, and theirs may be among them. */
  forgetAll(): void {
    this.#recent.clear();
  }

  turnedAway(): void {
    // Their sender brings them again.
  }

  /** The last messages of all sources or of one, oldest first. */
  recent(source?: string): LiveItem[] {
    const lists = source === undefined ? [...this.#recent.values()] : [this.#recent.get(source) ?? []];
    return lists.flatMap((list) => list.slice(-recentMessages)).sort((a, b) => a.number - b.number);
  }

  /** Calls the listener with whatever comes, until the answered function is called. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends whatever looks on. */
  end(): void {
    this.#ended.abort();
  }
}

/** Without what was sent where that is large: the list must not hold much memory. */
function light(item: LiveItem): LiveItem {
  const { message, arrived } = item.outcome;
  const length = message === null ? 0 : message.properties.length + message.context.length + message.extra.length;
  const isLarge = length > maxKeptLength || (arrived.text?.length ?? 0) > maxKeptLength;
  return isLarge ? { ...item, outcome: { ...item.outcome, arrived: { ...arrived, raw: null } } } : item;
}

/** As the API answers it. */
export function liveMessage({ number, source, way, outcome }: LiveItem): ArrivedMessage {
  return arrivedMessage(outcome, { number, source, way });
}
