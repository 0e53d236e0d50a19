import type { EventStore } from "../event-store/event-store";
import { Derivation } from "./derivation";
import { Identities } from "./identities";
import { assignProfiles } from "./identity";
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
  readonly derivation: Derivation;
  readonly #identities: Identities;
  #counters: Counters | undefined;
  /** Whether joins have left rows of dead numbers behind. */
  hasDeadRows = true;

  constructor(
    readonly eventStore: EventStore,
    onError: (error: unknown) => void,
  ) {
    const seen = new SeenMessages(eventStore);
    this.seen = seen;
    this.derivation = new Derivation({ eventStore, onError, onDerived: (arrival) => seen.derived(arrival) });
    this.#identities = new Identities(eventStore);
  }

  /** Makes sure that nothing is half done; after a failure nothing is written before this has succeeded. */
  async ready(): Promise<Counters> {
    if (this.#counters === undefined) {
      this.#counters = await recover(this.eventStore);
      this.derivation.startFrom(this.#counters.nextArrival - 1);
      this.seen.derived(Number.POSITIVE_INFINITY);
    }
    return this.#counters;
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
    let profiles = new Uint32Array();
    // Before the insert: one that fails may have stored some of them.
    if (added.length > 0) {
      this.seen.note(
        digests.filter((_, index) => fresh[index]),
        counters.nextArrival + added.length - 1,
      );
      profiles = await this.#add(added, counters, now);
    }
    const refused = deliveries.flatMap(({ source, rejections }) =>
      rejections.map((rejection) => keptRow(source, rejection)),
    );
    await this.eventStore.insert("kept_messages", refused);

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
   * The order makes every cut harmless: a join is logged before anything depends on it, so that a start can complete
   * it; an identifier has its person before a message names that person.
   */
  async #add(added: readonly Incoming[], counters: Counters, now: number): Promise<Uint32Array<ArrayBuffer>> {
    const messages = added.map(({ message }) => message);
    const owners = await this.#identities.ownersFor(messages);
    const { nextProfile, nextArrival } = counters;
    const assigned = assignProfiles(messages, (key) => owners.get(key), nextProfile, nextArrival);
    this.#counters = { nextProfile: assigned.nextProfile, nextArrival: nextArrival + added.length };

    if (assigned.merges.length > 0) {
      this.hasDeadRows = true;
      await logMerges(this.eventStore, assigned.merges, now);
    }
    await this.#identities.save(assigned.identities);
    await moveHistories(this.eventStore, assigned.merges);
    await this.eventStore.insert(
      "messages",
      added.map(({ source, message }, index) =>
        messageRow(source, message, assigned.profiles[index] ?? 0, nextArrival + index),
      ),
    );
    this.derivation.stored(nextArrival + added.length - 1);
    this.#identities.remember(assigned.identities);
    return assigned.profiles;
  }
}
