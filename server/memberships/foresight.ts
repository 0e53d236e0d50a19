import type { EventStore } from "@/server/event-store/event-store";
import { DueQueue } from "./due";
import { scanEdges } from "./edge-scan";
import { type HeardMessage, matters, readDated } from "./heard";
import type { TrackedAudience } from "./tracked-audience";

/** How far ahead of the present is looked for people whose answers time will change. */
const horizonMs = 60_000;

type Tracked = ReadonlyMap<string, TrackedAudience>;

/** Knows, for the next minute, of whom time alone may change an answer, and when. */
export class Foresight {
  readonly #due = new DueQueue();
  #until: number;
  #crowded: ReadonlySet<string> = new Set();

  /** `from` is the moment up to which everything is known already (milliseconds since the epoch). */
  constructor(from: number) {
    this.#until = from;
  }

  /** When somebody is due next; Infinity where nobody is. */
  get next(): number {
    return this.#due.next;
  }

  /** Audiences in which so many are due that all their people are to be looked at together. */
  get crowded(): ReadonlySet<string> {
    return this.#crowded;
  }

  /** Looks on from where it ended, if that is before `moment`. `arrival` is the last message that was heard. */
  async extend(eventStore: EventStore, tracked: Tracked, moment: number, arrival: number): Promise<void> {
    if (moment < this.#until) return;
    const span = { after: this.#until, until: moment + horizonMs };
    this.#crowded = await this.#scan(eventStore, tracked, span, arrival);
    this.#until = span.until;
  }

  /** Finds what is due of audiences, or of people, that were not known before. */
  async add(
    eventStore: EventStore,
    tracked: Tracked,
    after: number,
    arrival: number,
    profiles?: readonly number[],
  ): Promise<void> {
    if (tracked.size === 0 || profiles?.length === 0 || after >= this.#until) return;
    const crowded = await this.#scan(eventStore, tracked, { after, until: this.#until }, arrival, profiles);
    this.#crowded = new Set([...this.#crowded, ...crowded]);
  }

  /** Takes in what follows from a message that came in: it is dated later than `now`, or leaves a window soon. */
  hear(message: HeardMessage, concerned: readonly TrackedAudience[], now: number): void {
    const { profile, timestamp, type, event, keys, isFirst } = message;
    const add = (audienceId: string, at: number) => {
      if (at > now && at <= this.#until) this.#due.add({ at, audienceId, profile });
    };
    for (const { id, edges } of concerned) {
      add(id, timestamp);
      for (const edge of edges) {
        if (edge.of === "midnight" || edge.of === "contents") continue;
        const crosses =
          edge.of === "event"
            ? edge.types.includes(type) && (edge.event === null || edge.event === event)
            : edge.of === "trait"
              ? keys.some((key) => edge.keys.includes(key))
              : isFirst;
        if (crosses) add(id, timestamp + edge.afterMs + 1);
      }
    }
  }

  /** Takes out who is due at `moment` or before: the audiences to look at, by person. */
  take(moment: number): Map<number, Set<string>> {
    const people = new Map<number, Set<string>>();
    for (const { profile, audienceId } of this.#due.take(moment)) {
      const audienceIds = people.get(profile) ?? new Set();
      people.set(profile, audienceIds.add(audienceId));
    }
    return people;
  }

  async #scan(
    eventStore: EventStore,
    tracked: Tracked,
    span: { after: number; until: number },
    arrival: number,
    profiles?: readonly number[],
  ): Promise<ReadonlySet<string>> {
    const audiences = [...tracked.values()];
    const { hits, crowded } = await scanEdges(eventStore, audiences, span, profiles);
    for (const { profile, at, audienceIds } of hits) {
      for (const audienceId of audienceIds) this.#due.add({ at, audienceId, profile });
    }
    for (const message of await readDated(eventStore, span, arrival, profiles)) {
      for (const audience of audiences) {
        if (!matters(audience, message)) continue;
        this.#due.add({ at: message.timestamp, audienceId: audience.id, profile: message.profile });
      }
    }
    return crowded;
  }
}
