import { randomUUID } from "node:crypto";
import type { DeliveryItem } from "../destinations/destination";
import type { Exchange } from "../destinations/recording";
import type { EventStore } from "../event-store/event-store";
import { storedMoment } from "../event-store/stored-moment";

type DeliveryResult = "delivered" | "retry" | "gave_up" | "skipped";

/** What became of one person at one attempt. */
export interface Settled {
  readonly item: DeliveryItem;
  readonly profile: number;
  readonly result: DeliveryResult;
  readonly reason: string;
  /** Milliseconds since the epoch; of a `retry`. */
  readonly retryAt: number | null;
}

/** Writes attempts of one sync down: whom, and by which requests. */
export class DeliveryLog {
  constructor(
    readonly eventStore: Pick<EventStore, "insert">,
    readonly sync: string,
    readonly destination: string,
  ) {}

  async write(
    settled: readonly Settled[],
    exchanges: readonly Exchange[],
    { attempt, now }: { attempt: number; now: number },
  ): Promise<void> {
    const batch = randomUUID();
    await this.eventStore.insert(
      "delivery_requests",
      exchanges.map(({ at, ...exchange }) => ({
        sync: this.sync,
        batch,
        at: storedMoment(at),
        attempt,
        people: settled.length,
        ...exchange,
      })),
    );
    await this.eventStore.insert(
      "deliveries",
      settled.map(({ item, profile, result, reason, retryAt }) => ({
        sync: this.sync,
        destination: this.destination,
        profile,
        key: item.key,
        batch,
        change: item.change,
        changed_at: storedMoment(Date.parse(item.at)),
        at: storedMoment(now),
        attempt,
        result,
        reason,
        retry_at: retryAt === null ? null : storedMoment(retryAt),
        identifier_kind: item.identifier.kind,
        identifier: item.identifier.value,
        fields: JSON.stringify(item.fields),
      })),
    );
  }
}
