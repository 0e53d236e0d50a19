import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../../core/errors";
import type { EventStore } from "../event-store/event-store";
import { param, sql } from "../event-store/sql";
import { deriveAgain } from "./derived-tables";

/** How long messages may wait for others to be derived with, while nobody asks. */
const lullMs = 500;
/** As many as are worth deriving at once. */
const lump = 20_000;

export interface DerivationOptions {
  eventStore: EventStore;
  /** Told of a failure; it is tried again with the next messages, or as soon as anybody asks. */
  onError: (error: unknown) => void;
  /** Told up to which arrival everything is derived. */
  onDerived: (arrival: number) => void;
}

/**
 * Derives what follows from stored messages, in lumps: many small inserts into many tables cost several times as much. A
 * lump is derived when it is large, when nothing has been derived for a while, or as soon as anybody reads.
 */
export class Derivation {
  readonly #options: DerivationOptions;
  /** Arrivals up to which messages are stored, and derived. */
  #stored = 0;
  #derived = 0;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: DerivationOptions) {
    this.#options = options;
  }

  /** How many messages wait. */
  get backlog(): number {
    return this.#stored - this.#derived;
  }

  /** Everything up to this arrival is stored and derived. */
  startFrom(arrival: number): void {
    this.#stored = arrival;
    this.#derived = arrival;
  }

  /** Takes note that all messages up to this arrival are stored. */
  stored(arrival: number): void {
    this.#stored = arrival;
    if (this.backlog >= lump) this.#inBackground();
    else this.#timer ??= setTimeout(() => this.#inBackground(), lullMs);
  }

  /** Resolves when all that was stored before the call is derived. Errors: `unavailable`. */
  async settled(): Promise<void> {
    const goal = this.#stored;
    while (this.#derived < goal) {
      try {
        await this.#run();
      } catch (error) {
        const wait = "Messages that have come in could not be counted yet. Try again in a moment.";
        throw new AppError("unavailable", wait, undefined, { cause: error });
      }
    }
  }

  /** Derives what is left, trying for a while; what fails is derived by the next start. */
  async close(): Promise<void> {
    for (let attempt = 1; this.backlog > 0 && attempt <= 3; attempt += 1) {
      await this.settled().catch(() => sleep(100 * attempt));
    }
    clearTimeout(this.#timer);
  }

  #inBackground(): void {
    this.#run().catch(this.#options.onError);
  }

  #run(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running ??= this.#derive().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #derive(): Promise<void> {
    const { eventStore } = this.#options;
    const until = this.#stored;
    const from = this.#derived;
    if (until === from) return;
    await deriveAgain(eventStore, sql`arrival > ${param.uint64(from)} AND arrival <= ${param.uint64(until)}`);
    await markDerived(eventStore, until);
    this.#derived = Math.max(this.#derived, until);
    this.#options.onDerived(until);
    if (this.backlog >= lump) this.#inBackground();
    else if (this.backlog > 0) this.#timer ??= setTimeout(() => this.#inBackground(), lullMs);
  }
}

/** Writes down that everything up to this arrival is derived. */
export async function markDerived(eventStore: EventStore, arrival: number): Promise<void> {
  await eventStore.insert("derived_until", [{ id: 1, arrival }]);
}
