import type { EventStore } from "../event-store/event-store";
import type { Ingest } from "../ingest/ingest";
import type { Logger } from "../log";
import { derivedUntil } from "../memberships/heard";
import { namedBetween } from "./renamed";

/** How long new names are gathered before it is looked who has them. */
const gatherMs = 1_000;

/** Tells of people who were given an identifier or an email, or another one, once for all syncs of a workspace. */
export class NamesWatch {
  readonly #stop: () => void;
  #timer: NodeJS.Timeout | undefined;
  #until = 0;
  #looking: Promise<void> = Promise.resolve();

  constructor(
    /** `ownStore` is the tables as they are: looking must not make ingest store what it gathers. */
    readonly around: { ownStore: EventStore; ingest: Pick<Ingest, "onDerived">; log: Logger },
    /** Where nobody wants to know, it is looked later for all that came meanwhile. */
    readonly isWanted: () => boolean,
    readonly onNamed: (profiles: readonly number[], until: number) => void,
  ) {
    this.#stop = around.ingest.onDerived(() => {
      if (!isWanted()) return;
      this.#timer ??= setTimeout(() => {
        this.#looking = this.#look();
      }, gatherMs);
      this.#timer.unref();
    });
  }

  /** To be called before anybody looks for what came before. */
  async begin(): Promise<void> {
    this.#until = await derivedUntil(this.around.ownStore);
  }

  async #look(): Promise<void> {
    const { ownStore, log } = this.around;
    this.#timer = undefined;
    try {
      const until = await derivedUntil(ownStore);
      // By email, which tells of the other identifiers as well.
      const profiles = await namedBetween(ownStore, "email", { after: this.#until, until });
      this.#until = until;
      if (profiles.length > 0) this.onNamed(profiles, until);
    } catch (error) {
      log.error({ err: error }, "Who has a new name could not be found; it is looked for again");
    }
  }

  async close(): Promise<void> {
    this.#stop();
    clearTimeout(this.#timer);
    await this.#looking;
  }
}
