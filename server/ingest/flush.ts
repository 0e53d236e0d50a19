import type { IdentityCheck } from "../../core/identity/identifiers";
import type { EventStore } from "../event-store/event-store";
import { Backlog } from "./backlog";
import { batchOf } from "./batch";
import type { HistoryGate } from "./history-gate";
import { Identities } from "./identities";
import { type Assignment, assignProfiles } from "./identity";
import { JoinLog } from "./identity-log";
import type { Delivery, Verdict } from "./ingest";
import { keptRow } from "./kept-message";
import { logMerges, moveHistories } from "./merge-history";
import type { Message } from "./message";
import { messageName } from "./message-hash";
import { messageRow } from "./message-rows";
import { type Counters, recover } from "./recover";
import { SeenMessages } from "./seen-messages";

interface Incoming {
  readonly source: string;
  readonly message: Message;
}

/** Puts deliveries into the event store, one flush after the other, and knows what it needs of what is there. */
export class Flusher {
  readonly seen: SeenMessages;
  readonly backlog: Backlog;
  readonly #identities: Identities;
  readonly #joins: JoinLog;
  #counters: Counters | undefined;
  /** Whether joins have left rows of dead numbers behind. */
  hasDeadRows = true;

  constructor(
    readonly eventStore: EventStore,
    directory: string,
    readonly gate: HistoryGate,
    readonly identity: () => IdentityCheck,
    onError: (error: unknown) => void,
    onDerived: () => void,
  ) {
    const seen = new SeenMessages(eventStore);
    this.seen = seen;
    this.backlog = new Backlog({
      eventStore,
      directory,
      onError,
      onStored(arrival) {
        seen.stored(arrival);
        onDerived();
      },
    });
    this.#identities = new Identities(eventStore);
    this.#joins = new JoinLog(eventStore);
  }

  /** Makes sure that nothing is half done; after a failure nothing is written before this has succeeded. */
  async ready(): Promise<Counters> {
    if (this.#counters === undefined) {
      await this.backlog.open();
      await this.backlog.settled();
      const counters = await recover(this.eventStore);
      await this.backlog.startFrom(counters.nextArrival - 1);
      this.#counters = counters;
    }
    return this.#counters;
  }

  /** Reads ahead what the next messages are likely to ask of the store. Errors: whatever the store says. */
  async warm(signal: AbortSignal): Promise<void> {
    if (!this.#identities.isWarm) await this.#identities.warm(signal);
  }

  /** Forgets what it knew of the store. */
  forget(): void {
    this.#counters = undefined;
    this.#identities.forget();
  }

  /** Stores the deliveries as one. On an error nothing may be said about any of them. */
  async flush(deliveries: readonly Delivery[], now: number): Promise<Verdict[][]> {
    const counters = await this.ready();
    try {
      return await this.#store(deliveries, counters, now);
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  async #store(deliveries: readonly Delivery[], counters: Counters, now: number): Promise<Verdict[][]> {
    const incoming: Incoming[] = deliveries.flatMap(({ source, messages }) =>
      messages.map((message) => ({ source, message })),
    );
    const { fresh, digests } = await this.seen.freshAmong(
      incoming.map(({ source, message }) => messageName(source, message.messageId)),
    );
    const added = incoming.filter((_, index) => fresh[index]);
    const { nextArrival } = counters;
    const until = nextArrival + added.length - 1;
    const assigned = await this.#assign(added, counters, now);
    const { profiles } = assigned;
    await this.backlog.add(
      batchOf(until, {
        messages: added.map(({ source, message }, index) =>
          messageRow(source, message, profiles[index] ?? 0, nextArrival + index),
        ),
        kept_messages: deliveries.flatMap(({ source, rejections }) =>
          rejections.map((rejection) => keptRow(source, rejection)),
        ),
      }),
    );
    this.#identities.remember(assigned);
    this.seen.note(
      digests.filter((_, index) => fresh[index]),
      until,
    );

    let next = 0;
    const verdicts = fresh.map(
      (isNew): Verdict => ({ fresh: isNew, profile: isNew ? (profiles[next++] ?? null) : null }),
    );
    let end = 0;
    return deliveries.map(({ messages }) => {
      const start = end;
      end += messages.length;
      return verdicts.slice(start, end);
    });
  }

  /**
   * The person of each message. The order makes every cut harmless: a join is logged before anything depends on it, so
   * that a start can complete it; an identifier has its person before a message names that person.
   */
  async #assign(added: readonly Incoming[], { nextProfile, nextArrival }: Counters, now: number): Promise<Assignment> {
    const messages = added.map(({ message }) => message);
    const { limits } = this.identity().rules;
    const stored = await this.#identities.storedFor(messages, limits);
    const assigned = assignProfiles(messages, stored, limits, nextProfile, nextArrival);
    // From here on the numbers are used, whatever becomes of their messages.
    this.#counters = { nextProfile: assigned.nextProfile, nextArrival: nextArrival + added.length };

    const sent = added.map(({ source, message }) => ({ source, messageId: message.messageId }));
    await this.#joins.write(assigned, sent, now);
    if (assigned.merges.length === 0) await this.#identities.save(assigned.identities);
    else {
      // What moves must be in the tables.
      await this.backlog.settled();
      await this.gate.change(() => this.#join(assigned, now));
    }
    return assigned;
  }

  async #join({ merges, identities }: Assignment, now: number): Promise<void> {
    this.hasDeadRows = true;
    await logMerges(this.eventStore, merges, now);
    await this.#identities.save(identities);
    await moveHistories(this.eventStore, merges);
  }
}
