import { randomUUID } from "node:crypto";
import type { Delivery } from "../../core/api/syncs";
import type { IdentifierKind } from "../../core/destinations/tool";
import type { Exchange } from "../destinations/recording";
import type { EventStore } from "../event-store/event-store";
import { storedMoment } from "../event-store/stored-moment";

/** What the log says of something that is sent. */
export interface LoggedItem {
  readonly key: string;
  readonly change: Delivery["change"];
  /** When it came about, ISO 8601. */
  readonly at: string;
  readonly identifier: { readonly kind: IdentifierKind; readonly value: string };
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Something that is sent, and the number of the person whose it is. */
export interface Planned<Item extends LoggedItem> {
  readonly profile: number;
  readonly item: Item;
}

/** What became of one item at one attempt. */
export interface Settled<Item extends LoggedItem = LoggedItem> extends Planned<Item> {
  readonly result: Delivery["result"];
  readonly reason: string;
  /** Milliseconds since the epoch; of a `retry`. */
  readonly retryAt: number | null;
  /** Of a `retry`: it is left for later, and nothing else waits for it. */
  readonly isPutOff: boolean;
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
