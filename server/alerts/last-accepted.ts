import * as z from "zod";
import type { EventStore } from "../event-store/event-store";
import { sql } from "../event-store/sql";
import type { IntakeObserver, Outcome } from "../ingest/intake";

const row = z.strictObject({ source: z.string(), at: z.int() });

/** When each source was heard from last: from the store once, if somebody asks, and from what comes in from then on. */
export class LastAccepted implements IntakeObserver {
  readonly #eventStore: Pick<EventStore, "query">;
  readonly #heard = new Map<string, number>();
  #stored: Promise<unknown> | undefined;

  constructor(
    eventStore: Pick<EventStore, "query">,
    /** Milliseconds since the epoch: since when it listens. */
    readonly openedAt: number,
  ) {
    this.#eventStore = eventStore;
  }

  taken(source: string, outcomes: readonly Outcome[]): void {
    for (const { verdict, arrived } of outcomes) if (verdict === "accepted") this.#hear(source, arrived.receivedAt);
  }

  turnedAway(): void {
    // Nothing of it was accepted.
  }

  /** Milliseconds since the epoch, of each source that was ever heard from. Errors: whatever the store says. */
  async all(): Promise<ReadonlyMap<string, number>> {
    this.#stored ??= this.#readStored();
    try {
      await this.#stored;
    } catch (error) {
      this.#stored = undefined;
      throw error;
    }
    return this.#heard;
  }

  async #readStored(): Promise<void> {
    const rows = await this.#eventStore.query(
      sql`SELECT CAST(source, 'String') AS source, toUnixTimestamp64Milli(max(received_at)) AS at FROM messages GROUP BY source`,
      row,
    );
    for (const { source, at } of rows) this.#hear(source, at);
  }

  #hear(source: string, at: number): void {
    if (at > (this.#heard.get(source) ?? 0)) this.#heard.set(source, at);
  }
}
