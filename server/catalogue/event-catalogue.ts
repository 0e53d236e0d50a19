import * as z from "zod";
import type { SeenEvent } from "@/core/api/catalogue";
import type { EventStore } from "@/server/event-store/event-store";
import { sql } from "@/server/event-store/sql";
import { keyOf, readEventNames, readEvents } from "./events";

/** However still the data, the days move on and events that lay ahead come to pass. */
const maxAgeMs = 60_000;
/** With so many events reading takes long: while more stream in, the figures of a known one may lag. A new name never does. */
const lag = { fromEvents: 2_000_000, ms: 3_000 };

interface Entry {
  event: SeenEvent;
  version: string;
  readAt: number;
}

const mergesRow = z.strictObject({ merges: z.int() });

/** The events of a store with their figures, read again only where something has changed. One for each store. */
export class EventCatalogue {
  readonly #entries = new Map<string, Entry>();
  #timeZone = "";

  constructor(readonly eventStore: EventStore) {}

  /** Every event with a message at or before `now`, most people first. */
  async list(now: number, timeZone: string): Promise<SeenEvent[]> {
    if (timeZone !== this.#timeZone) this.#entries.clear();
    this.#timeZone = timeZone;
    const [names, [joined]] = await Promise.all([
      readEventNames(this.eventStore),
      this.eventStore.query(sql`SELECT count() AS merges FROM profile_merges`, mergesRow),
    ]);
    const stored = new Map(names.map((name) => [keyOf(name), { name, version: `${name.stored} ${joined?.merges}` }]));
    for (const key of this.#entries.keys()) if (!stored.has(key)) this.#entries.delete(key);
    const total = names.reduce((sum, name) => sum + name.stored, 0);
    const allowedLag = total >= lag.fromEvents ? lag.ms : 0;
    const stale = [...stored.values()].filter(({ name, version }) => {
      const entry = this.#entries.get(keyOf(name));
      if (entry === undefined) return true;
      if (entry.version === version) return now - entry.readAt > maxAgeMs;
      return now - entry.readAt >= allowedLag;
    });
    const read = await readEvents(
      this.eventStore,
      stale.map(({ name }) => name),
      now,
      timeZone,
    );
    for (const event of read) {
      const key = keyOf(event);
      this.#entries.set(key, { event, version: stored.get(key)?.version ?? "", readAt: now });
    }
    return [...this.#entries.values()]
      .map(({ event }) => event)
      .sort((a, b) => b.people - a.people || b.count - a.count || (a.event < b.event ? -1 : 1));
  }
}
