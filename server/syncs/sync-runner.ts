import { Pacer } from "../destinations/pacer";
import type { Ingest } from "../ingest/ingest";
import type { SyncSurroundings } from "./advance-sync";
import { forgetDeleted } from "./forget-deleted";
import { NamesWatch } from "./names-watch";
import { SyncWorker } from "./sync-worker";
import { WorkLoop } from "./work-loop";

/** The syncs of a workspace at work, each by itself; those of one destination share its pace. */
export class SyncRunner {
  readonly #around: SyncSurroundings;
  readonly #workers = new Map<string, { worker: SyncWorker; destinationId: string; audienceIds: readonly string[] }>();
  readonly #pacers = new Map<string, Pacer>();
  readonly #stopListening: () => void;
  readonly #names: NamesWatch;
  #forgetting: WorkLoop | undefined;

  constructor({ ingest, ...around }: Omit<SyncSurroundings, "pacerOf"> & { ingest: Pick<Ingest, "onDerived"> }) {
    const isWanted = () => this.#workers.size > 0;
    this.#names = new NamesWatch({ ...around, ingest }, isWanted, (profiles, until) => {
      for (const { worker } of this.#workers.values()) worker.named(profiles, until);
    });
    this.#around = { ...around, pacerOf: (destinationId, perSecond) => this.pacerOf(destinationId, perSecond) };
    this.#stopListening = around.memberships.onChange(({ audienceIds }) => {
      for (const { worker, audienceIds: own } of this.#workers.values()) {
        if (own.some((id) => audienceIds.has(id))) worker.wake();
      }
    });
  }

  /** Begins with every sync that there is. */
  async resume(): Promise<void> {
    const { log, now } = this.#around;
    this.#forgetting = new WorkLoop({
      id: "deletions",
      log,
      now: () => now(),
      advance: () => forgetDeleted(this.#around),
      storeTrouble: async () => undefined,
    });
    await this.#names.begin();
    const syncs = await this.#around.metadata.sync.findMany({
      select: { id: true, destinationId: true, audienceId: true, suppressionId: true },
    });
    for (const sync of syncs) this.start(sync);
  }

  /** Begins with a sync that was made, or anew with one that was changed. */
  start(sync: { id: string; destinationId: string; audienceId: string; suppressionId: string | null }): void {
    const audienceIds = sync.suppressionId === null ? [sync.audienceId] : [sync.audienceId, sync.suppressionId];
    const known = this.#workers.get(sync.id);
    const worker = known?.worker ?? new SyncWorker(this.#around, sync.id);
    this.#workers.set(sync.id, { worker, destinationId: sync.destinationId, audienceIds });
    if (known !== undefined) worker.restart();
  }

  /** Ends a sync's work; resolves once nothing of it runs. */
  async end(syncId: string): Promise<void> {
    const known = this.#workers.get(syncId);
    this.#workers.delete(syncId);
    await known?.worker.close();
  }

  /** The destination was changed: what waits for it is tried at once. */
  restartOf(destinationId: string): void {
    for (const { worker, destinationId: its } of this.#workers.values()) if (its === destinationId) worker.restart();
  }

  /** Somebody was deleted: the tools are told, and then what was sent of them is erased. */
  forgetDeleted(): void {
    this.#forgetting?.wake();
  }

  pacerOf(destinationId: string, perSecond: number): Pacer {
    const pacer = this.#pacers.get(destinationId) ?? new Pacer(perSecond);
    this.#pacers.set(destinationId, pacer);
    return pacer;
  }

  /** Stops every sync where it is; the next process goes on from there. */
  async close(): Promise<void> {
    this.#stopListening();
    await this.#names.close();
    await this.#forgetting?.close();
    await Promise.all([...this.#workers.values()].map(({ worker }) => worker.close()));
  }
}
