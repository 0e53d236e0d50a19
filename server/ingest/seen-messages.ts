import * as z from "zod";
import type { EventStore } from "../event-store/event-store";
import type { NativeBlock } from "../event-store/native";
import { sql } from "../event-store/sql";
import { messageHash } from "./message-hash";
import { storedAmong, storedHash } from "./message-ids";
import { SeenFilter } from "./seen-filter";

const countRow = z.strictObject({ count: z.int() });
/** The upper and the lower 32 bits of a hash, by whose upper bits the table is ordered. */
const highOf = (digest: Buffer) => digest.readUInt32LE(12);
const lowOf = (digest: Buffer) => digest.readUInt32LE(0);

/**
 * Which messages are stored. The table answers exactly; a filter in memory spares it the question for new messages,
 * once it has been filled in the background.
 */
export class SeenMessages {
  #filter: SeenFilter | undefined;
  /** Messages that the table does not know yet, for they wait in the write-ahead log, by flush. */
  #pending: { until: number; hashes: string[] }[] = [];
  readonly #pendingHashes = new Set<string>();
  #filling: SeenFilter | undefined;
  readonly #stopped = new AbortController();

  constructor(readonly eventStore: EventStore) {}

  /** Whether each message, by its name, is not stored yet. Of equal names in one call only the first can be new. */
  async freshAmong(names: readonly string[]): Promise<{ fresh: boolean[]; digests: Buffer[] }> {
    const digests = names.map(messageHash);
    const met = new Set<string>();
    const fresh = names.map((name) => !met.has(name) && met.add(name) !== undefined);
    const filter = this.#filter;
    if (this.#pendingHashes.size > 0) {
      digests.forEach((digest, index) => {
        if (this.#pendingHashes.has(storedHash(digest))) fresh[index] = false;
      });
    }
    const asked = digests.filter(
      (digest, index) => fresh[index] && (filter === undefined || filter.has(highOf(digest), lowOf(digest))),
    );
    const stored = await storedAmong(this.eventStore, asked.map(storedHash));
    if (stored.size > 0) {
      digests.forEach((digest, index) => {
        if (stored.has(storedHash(digest))) fresh[index] = false;
      });
    }
    return { fresh, digests };
  }

  /** Takes note of messages that are acknowledged, the last of them as arrival `until`. */
  note(digests: readonly Buffer[], until: number): void {
    for (const digest of digests) {
      this.#filter?.add(highOf(digest), lowOf(digest));
      this.#filling?.add(highOf(digest), lowOf(digest));
    }
    const hashes = digests.map(storedHash);
    this.#pending.push({ until, hashes });
    for (const hash of hashes) this.#pendingHashes.add(hash);
  }

  /** From now on the table knows every message up to this arrival. */
  stored(until: number): void {
    const left = this.#pending.filter((flush) => flush.until > until);
    for (const { until: last, hashes } of this.#pending) {
      if (last <= until) for (const hash of hashes) this.#pendingHashes.delete(hash);
    }
    this.#pending = left;
  }

  /**
   * Makes an empty filter if there is none yet, or if the present one is full; false when none is needed. To be called
   * while nothing is being stored, so that each message is either stored already or will be noted.
   */
  async startFilter(): Promise<boolean> {
    if (this.#filling !== undefined || this.#filter?.isFull === false) return false;
    const [row] = await this.eventStore.query(sql`SELECT count() AS count FROM message_ids`, countRow);
    this.#filling = new SeenFilter(row?.count ?? 0);
    return true;
  }

  /** Fills the filter that was started with what is stored, and uses it from then on. */
  async fillFilter(): Promise<void> {
    const filling = this.#filling;
    if (filling === undefined) return;
    try {
      const hashes = this.eventStore.blockStream(
        sql`SELECT toUInt32(bitShiftRight(hash, 96)) AS high, toUInt32(bitAnd(hash, 4294967295)) AS low FROM message_ids`,
        { signal: this.#stopped.signal, settings: { max_threads: 1 } },
      );
      for await (const blocks of hashes) {
        for (const block of blocks) addHashes(filling, block);
        // A turn of the event loop, for requests that wait.
        await new Promise(setImmediate);
      }
      this.#filter = filling;
    } finally {
      this.#filling = undefined;
    }
  }

  /** Gives up filling. */
  stop(): void {
    this.#stopped.abort();
  }
}

function addHashes(filter: SeenFilter, block: NativeBlock): void {
  const high = block.view("high", "UInt32");
  const low = block.view("low", "UInt32");
  for (let row = 0; row < block.rows; row += 1) filter.add(high.getUint32(row * 4, true), low.getUint32(row * 4, true));
}
