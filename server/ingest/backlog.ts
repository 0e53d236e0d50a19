import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../../core/errors";
import type { EventStore } from "../event-store/event-store";
import { param, sql } from "../event-store/sql";
import { type Batch, batchOfRecord, bytesOf, isEmpty, recordOf, storeBatches } from "./batch";
import { deriveAgain, markDerived } from "./derived-tables";
import { WriteAheadLog } from "./write-ahead-log";

/** How long messages may wait for others to be stored with, while nobody asks. */
const lullMs = 500;
/** The same after somebody has asked who does so repeatedly: a lump between would only make them wait for two. */
const askedLullMs = 5_000;
/** As many messages as are worth storing at once. */
const lumpMessages = 20_000;
/** From here on the next acknowledgement waits for a lump. */
const roomMessages = 3 * lumpMessages;

interface Lump {
  readonly batches: readonly Batch[];
  readonly messages: number;
  /** Whether it is in its tables, and only what derives from it is missing. */
  stored: boolean;
  /** Whether an earlier try may have stored a part of it. */
  tried: boolean;
}

export interface BacklogOptions {
  eventStore: EventStore;
  /** Folder of the write-ahead log. */
  directory: string;
  /** Told of a failure; it is tried again with the next messages, or as soon as anybody asks. */
  onError: (error: unknown) => void;
  /** Told up to which arrival everything is in the tables, with all that derives from it. */
  onStored: (arrival: number) => void;
}

/**
 * What is acknowledged, for it is in the write-ahead log, and not in the tables yet. It goes there in lumps, with all that
 * derives from it: many small inserts cost several times as much. A lump is stored when it is large, when nothing has been
 * for a while, or as soon as anybody reads (docs/decisions/0004-derive-in-lumps.md).
 */
export class Backlog {
  readonly #options: BacklogOptions;
  #log: WriteAheadLog | undefined;
  #waiting: Batch[] = [];
  #messages = 0;
  #bytes = 0;
  #lump: Lump | undefined;
  /** The last arrival that everything is derived from. */
  #derived = 0;
  /** How many batches were taken and are stored, ever: what `settled` waits by. */
  #taken = 0;
  #done = 0;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** When somebody asked last who does so repeatedly, by the clock of `performance`. */
  #askedAt = -Infinity;

  constructor(options: BacklogOptions) {
    this.#options = options;
  }

  /** How many messages wait. */
  get messages(): number {
    return this.#messages;
  }

  /** How much memory they take. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Puts what the last run acknowledged into its tables; what derives from it is left to `recover`. */
  async open(): Promise<void> {
    if (this.#log !== undefined) return;
    const { log, records } = await WriteAheadLog.open(this.#options.directory);
    for (const record of records) await storeBatches(this.#options.eventStore, [batchOfRecord(record)], true);
    this.#log = log;
  }

  /** Everything up to this arrival is in the tables, with all that derives from it. */
  async startFrom(arrival: number): Promise<void> {
    this.#derived = arrival;
    if (this.#waiting.length === 0) await this.#log?.drop(arrival);
  }

  /** Resolves when the batch is durable. On an error it was not taken. */
  async add(batch: Batch): Promise<void> {
    if (isEmpty(batch)) return;
    if (this.#log === undefined) throw new Error("The write-ahead log is not open");
    await this.#log.append(recordOf(batch));
    this.#waiting.push(batch);
    this.#taken += 1;
    this.#messages += batch.messages;
    this.#bytes += bytesOf(batch);
    this.#schedule();
  }

  /** Resolves when there is room for more, or when storing fails: then the backlog grows until no more is taken. */
  async room(): Promise<void> {
    if (this.#messages >= roomMessages) await this.#run().catch(() => undefined);
  }

  /** Resolves when all that was added before the call is stored and derived. Errors: `unavailable`. */
  async settled({ repeatedly = false } = {}): Promise<void> {
    const goal = this.#taken;
    if (repeatedly) this.#askedAt = performance.now();
    while (this.#done < goal) {
      try {
        await this.#run();
      } catch (error) {
        const wait = "Messages that have come in could not be counted yet. Try again in a moment.";
        throw new AppError("unavailable", wait, undefined, { cause: error });
      }
    }
  }

  /** Whether everything that was added is stored and derived. */
  get isSettled(): boolean {
    return this.#done === this.#taken;
  }

  /** Stores what is left, trying for a while; what fails is in the log for the next start. */
  async close(): Promise<void> {
    for (let attempt = 1; this.#done < this.#taken && attempt <= 3; attempt += 1) {
      await this.settled().catch(() => sleep(100 * attempt));
    }
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#log?.close();
  }

  #inBackground(): void {
    this.#run().catch(this.#options.onError);
  }

  #run(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running ??= this.#storeLump().finally(() => {
      this.#running = undefined;
      this.#schedule();
    });
    return this.#running;
  }

  #schedule(): void {
    if (this.#messages >= lumpMessages && this.#lump === undefined) this.#inBackground();
    else if (this.#done < this.#taken) this.#timer ??= setTimeout(() => this.#inBackground(), this.#lullMs());
  }

  async #storeLump(): Promise<void> {
    const { eventStore, onStored } = this.#options;
    this.#lump ??= this.#takeLump();
    const lump = this.#lump;
    const until = lump?.batches.at(-1)?.until;
    if (lump === undefined || until === undefined) return;
    if (!lump.stored) {
      // What comes from now on is in another file, so that this one can go when the lump is stored.
      await this.#log?.rotate();
      const again = lump.tried;
      lump.tried = true;
      await storeBatches(eventStore, lump.batches, again);
      lump.stored = true;
    }
    if (until > this.#derived) {
      await deriveAgain(
        eventStore,
        sql`arrival > ${param.uint64(this.#derived)} AND arrival <= ${param.uint64(until)}`,
        sql`profile`,
        { hasGroups: lump.batches.some(({ hasGroups }) => hasGroups) },
      );
      await markDerived(eventStore, until);
      this.#derived = until;
    }
    this.#lump = undefined;
    this.#messages -= lump.messages;
    for (const batch of lump.batches) this.#bytes -= bytesOf(batch);
    this.#done += lump.batches.length;
    onStored(until);
    await this.#log?.drop(until);
  }

  #lullMs(): number {
    return performance.now() - this.#askedAt < askedLullMs ? askedLullMs : lullMs;
  }

  #takeLump(): Lump | undefined {
    const batches = this.#waiting;
    if (batches.length === 0) return undefined;
    this.#waiting = [];
    const messages = batches.reduce((sum, batch) => sum + batch.messages, 0);
    return { batches, messages, stored: false, tried: false };
  }
}
