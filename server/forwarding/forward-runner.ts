import type { Ingest } from "../ingest/ingest";
import { WorkLoop } from "../syncs/work-loop";
import { type ForwardSurroundings, forwardNext } from "./forward";
import { storeForwardingTrouble } from "./trouble";

/** What is sent on of a workspace's messages at work, each destination by itself. */
export class ForwardRunner {
  readonly #around: ForwardSurroundings;
  readonly #loops = new Map<string, { loop: WorkLoop; destinationId: string }>();
  readonly #stopListening: () => void;

  constructor({ ingest, ...around }: ForwardSurroundings & { ingest: Pick<Ingest, "onDerived"> }) {
    this.#around = around;
    this.#stopListening = ingest.onDerived(() => {
      for (const { loop } of this.#loops.values()) loop.wake();
    });
  }

  /** Begins with all that there is. */
  async resume(): Promise<void> {
    const all = await this.#around.metadata.forwarding.findMany({ select: { id: true, destinationId: true } });
    for (const forwarding of all) this.start(forwarding);
  }

  start({ id, destinationId }: { id: string; destinationId: string }): void {
    const { log, metadata, now } = this.#around;
    const loop = new WorkLoop({
      id,
      log,
      now: () => now(),
      advance: (signal) => forwardNext(id, this.#around, signal),
      storeTrouble: (trouble) => storeForwardingTrouble(metadata, id, trouble, now()),
    });
    this.#loops.set(id, { loop, destinationId });
  }

  /** Ends what goes to a destination; resolves once nothing of it runs. */
  async endOf(destinationId: string): Promise<void> {
    for (const [id, { loop, destinationId: its }] of this.#loops) {
      if (its !== destinationId) continue;
      this.#loops.delete(id);
      await loop.close();
    }
  }

  /** The destination was changed: what waits for it is tried at once. */
  restartOf(destinationId: string): void {
    for (const { loop, destinationId: its } of this.#loops.values()) if (its === destinationId) loop.restart();
  }

  /** Stops where it is; the next process goes on from there. */
  async close(): Promise<void> {
    this.#stopListening();
    await Promise.all([...this.#loops.values()].map(({ loop }) => loop.close()));
  }
}
