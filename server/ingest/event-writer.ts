import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../../core/errors";
import { IdentityCheck } from "../../core/identity/identifiers";
import { defaultIdentityRules, type IdentityRules } from "../../core/identity/rules";
import type { EventStore } from "../event-store/event-store";
import { Flusher } from "./flush";
import { HistoryGate } from "./history-gate";
import { type Delivery, type Ingest, maxDeliveryMessages, type PeopleChange, type Verdict } from "./ingest";
import { purgeMerged } from "./merge-history";
import { readSuppressed, suppressionHash } from "./suppressed-ids";

/** Lets requests that come together share a write to the disk. */
const lingerMs = 2;
/** What may wait to be stored or to be derived from; more is told to come again. */
const maxWaitingMessages = 200_000;
/** The same in bytes, as they lie in memory until the store takes them. */
const maxBacklogBytes = 256 * 1024 * 1024;
const housekeepingMs = 60_000;

interface Waiting {
  readonly delivery: Delivery;
  readonly resolve: (verdicts: readonly Verdict[]) => void;
  readonly reject: (error: unknown) => void;
}

export interface EventWriterOptions {
  eventStore: EventStore;
  /** Folder of the write-ahead log, this writer's own. */
  directory: string;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Those of core/identity/rules.ts unless told. */
  identityRules?: IdentityRules;
  /** Bytes that may wait for a store that takes nothing; more is told to come again. */
  maxBacklogBytes?: number;
  /** Told of failures of the store and of work in the background; senders get an answer of their own. */
  onError: (error: unknown, what: string) => void;
}

/** Gathers deliveries into shared inserts, one insert at a time. */
export class EventWriter implements Ingest {
  readonly #options: EventWriterOptions;
  readonly gate = new HistoryGate();
  readonly #flusher: Flusher;
  readonly #suppressed = new Set<string>();
  #waiting: Waiting[] = [];
  #waitingMessages = 0;
  #scheduled = false;
  #closed = false;
  /** The end of everything that touches the store: each piece of work waits for the one before. */
  #tail: Promise<unknown> = Promise.resolve();
  #housekeeping: NodeJS.Timeout | undefined;
  #filling: Promise<void> = Promise.resolve();
  #identity: IdentityCheck;
  readonly #stopped = new AbortController();
  readonly #onTaken = new Set<() => void>();
  readonly #onDerived = new Set<() => void>();

  constructor(options: EventWriterOptions) {
    this.#options = options;
    this.#identity = this.#check(options.identityRules ?? defaultIdentityRules);
    this.#flusher = new Flusher(
      options.eventStore,
      options.directory,
      this.gate,
      () => this.#identity,
      (error) => {
        options.onError(
          error,
          "Storing what was acknowledged failed; it is in the write-ahead log, and is tried again",
        );
      },
      () => this.#tellDerived(),
    );
  }

  get identity(): IdentityCheck {
    return this.#identity;
  }

  setIdentityRules(rules: IdentityRules): void {
    this.#identity = this.#check(rules);
  }

  suppress(hashes: readonly string[]): void {
    for (const hash of hashes) this.#suppressed.add(hash);
  }

  allow(hashes: readonly string[]): void {
    for (const hash of hashes) this.#suppressed.delete(hash);
  }

  #check(rules: IdentityRules): IdentityCheck {
    const suppressed = this.#suppressed;
    return new IdentityCheck(rules, (kind, id) => suppressed.size > 0 && suppressed.has(suppressionHash({ kind, id })));
  }

  /** Puts right what the last run left half done, and starts what goes on in the background. */
  async open(): Promise<void> {
    await this.#flusher.ready();
    this.suppress([...(await readSuppressed(this.#options.eventStore))]);
    this.#keepHouse();
    this.#housekeeping = setInterval(() => this.#keepHouse(), housekeepingMs);
    this.#housekeeping.unref();
  }

  write(delivery: Delivery): Promise<readonly Verdict[]> {
    const { length } = delivery.messages;
    if (length > maxDeliveryMessages) {
      return Promise.reject(new RangeError(`A delivery of ${length} messages; ${maxDeliveryMessages} is the most`));
    }
    if (this.#closed) {
      return Promise.reject(new AppError("unavailable", "Foothold is stopping. Send the same again in a moment."));
    }
    const { backlog } = this.#flusher;
    const most = this.#options.maxBacklogBytes ?? maxBacklogBytes;
    if (this.#waitingMessages + backlog.messages > maxWaitingMessages || backlog.bytes > most) {
      return Promise.reject(new AppError("unavailable", "Too many messages are waiting. Send the same again later."));
    }
    if (length + delivery.rejections.length === 0) return Promise.resolve([]);
    this.#waitingMessages += length;
    return new Promise<readonly Verdict[]>((resolve, reject) => {
      this.#waiting.push({ delivery, resolve, reject });
      this.#schedule();
    });
  }

  exclusively<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    return this.#inTurn(async () => {
      await this.settled();
      try {
        return await work();
      } finally {
        this.#flusher.forget();
        this.#tellDerived();
      }
    });
  }

  changePeople<Answer>(work: (change: PeopleChange) => Promise<Answer>): Promise<Answer> {
    return this.exclusively(async () => {
      const { nextProfile, nextArrival } = await this.#flusher.ready();
      this.#flusher.hasDeadRows = true;
      const { eventStore, now } = this.#options;
      return this.gate.change(() => work({ eventStore, nextProfile, seq: nextArrival, at: now() }));
    });
  }

  onTaken(listener: () => void): () => void {
    this.#onTaken.add(listener);
    return () => this.#onTaken.delete(listener);
  }

  onDerived(listener: () => void): () => void {
    this.#onDerived.add(listener);
    return () => this.#onDerived.delete(listener);
  }

  #tellDerived(): void {
    for (const listener of this.#onDerived) listener();
  }

  get isSettled(): boolean {
    return this.#flusher.backlog.isSettled;
  }

  settled(asks?: { repeatedly: boolean }): Promise<void> {
    return this.#flusher.backlog.settled(asks);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#housekeeping);
    this.#flusher.seen.stop();
    this.#stopped.abort();
    while (this.#waiting.length > 0) await this.#tail;
    await this.#tail;
    await this.#filling;
    await this.#flusher.backlog.close();
  }

  #inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const turn = this.#tail.then(work);
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  /** One flush is due while anything waits; under load the next gathers while this one runs. */
  #schedule(): void {
    if (this.#scheduled || this.#waiting.length === 0) return;
    this.#scheduled = true;
    this.#inTurn(async () => {
      if (this.#waitingMessages < maxDeliveryMessages) await sleep(lingerMs);
      this.#scheduled = false;
      await this.#flush();
      this.#schedule();
    });
  }

  async #flush(): Promise<void> {
    await this.#flusher.backlog.room();
    const taken = this.#take();
    try {
      const deliveries = taken.map(({ delivery }) => delivery);
      const verdicts = await this.#flusher.flush(deliveries, this.#options.now());
      taken.forEach(({ resolve }, index) => {
        resolve(verdicts[index] ?? []);
      });
      if (!this.isSettled) for (const listener of this.#onTaken) listener();
    } catch (error) {
      this.#options.onError(error, "Storing messages failed; their senders were told to send them again");
      const sendAgain = "The messages could not be stored. Send the same again in a moment.";
      for (const { reject } of taken) reject(new AppError("unavailable", sendAgain, undefined, { cause: error }));
    }
  }

  /** Deliveries in the order they came, until there are enough messages for an insert. */
  #take(): Waiting[] {
    let messages = 0;
    let count = 0;
    for (const { delivery } of this.#waiting) {
      if (messages >= maxDeliveryMessages) break;
      messages += delivery.messages.length;
      count++;
    }
    this.#waitingMessages -= messages;
    const taken = this.#waiting.slice(0, count);
    this.#waiting = this.#waiting.slice(count);
    return taken;
  }

  #keepHouse(): void {
    const { seen } = this.#flusher;
    this.#filling = this.#inTurn(() => seen.startFilter())
      .then((started) => (started ? seen.fillFilter() : undefined))
      .then(() => this.#flusher.warm(this.#stopped.signal))
      .catch((error: unknown) => {
        if (!this.#closed) this.#options.onError(error, "Reading ahead what is stored failed; it is tried again");
      });
    if (!this.#flusher.hasDeadRows) return;
    this.#inTurn(async () => {
      await purgeMerged(this.#options.eventStore);
      this.#flusher.hasDeadRows = false;
    }).catch((error: unknown) => {
      this.#options.onError(error, "Removing the rows of joined people failed; it is tried again");
    });
  }
}
