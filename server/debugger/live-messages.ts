import type { ArrivedMessage } from "../../core/api/debugger";
import type { IntakeObserver, Outcome, Way } from "../ingest/intake";
import { arrivedMessage } from "./arrived-message";

/** How many of the last messages of each source are at hand. */
const recentMessages = 250;
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

/** What one caller brought. */
interface Arrival {
  /** Number of its first message. */
  readonly first: number;
  readonly way: Way;
  readonly outcomes: readonly Outcome[];
}

type Listener = (items: readonly LiveItem[]) => void;

/**
 * The last messages of each source, in memory, and whoever looks at them as they come. Nothing is made of a message before
 * somebody looks at it.
 */
export class LiveMessages implements IntakeObserver {
  readonly #recent = new Map<string, Recent>();
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
    let recent = this.#recent.get(source);
    if (recent === undefined) recent = new Recent();
    // The source that was silent for longest stands first.
    else this.#recent.delete(source);
    this.#recent.set(source, recent);
    recent.add({ first, way, outcomes });
    const [silent] = this.#recent.size > maxSources ? this.#recent.keys() : [];
    if (silent !== undefined) this.#recent.delete(silent);
    if (this.#listeners.size === 0) return;
    const items = itemsOf(source, { first, way, outcomes });
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
    return [...this.#recent]
      .filter(([of]) => source === undefined || of === source)
      .flatMap(([of, recent]) => recent.items(of))
      .sort((a, b) => a.number - b.number);
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

/** The last messages of a source. */
class Recent {
  readonly #arrivals: Arrival[] = [];
  #messages = 0;

  add({ first, way, outcomes }: Arrival): void {
    const gone = Math.max(0, outcomes.length - recentMessages);
    const kept = gone === 0 ? outcomes : outcomes.slice(gone);
    this.#arrivals.push({ first: first + gone, way, outcomes: kept.some(isLarge) ? kept.map(light) : kept });
    this.#messages += kept.length;
    for (;;) {
      const oldest = this.#arrivals[0]?.outcomes.length ?? 0;
      if (this.#messages - oldest < recentMessages) return;
      this.#arrivals.shift();
      this.#messages -= oldest;
    }
  }

  items(source: string): LiveItem[] {
    return this.#arrivals.flatMap((arrival) => itemsOf(source, arrival)).slice(-recentMessages);
  }
}

function itemsOf(source: string, { first, way, outcomes }: Arrival): LiveItem[] {
  return outcomes.map((outcome, index) => ({ number: first + index, source, way, outcome }));
}

function isLarge({ message, arrived }: Outcome): boolean {
  const length = message === null ? 0 : message.properties.length + message.context.length + message.extra.length;
  return length > maxKeptLength || (arrived.text?.length ?? 0) > maxKeptLength;
}

/** Without what was sent where that is large: the list must not hold much memory. */
function light(outcome: Outcome): Outcome {
  return isLarge(outcome) ? { ...outcome, arrived: { ...outcome.arrived, raw: null, text: undefined } } : outcome;
}

/** As the API answers it. */
export function liveMessage({ number, source, way, outcome }: LiveItem): ArrivedMessage {
  return arrivedMessage(outcome, { number, source, way });
}
