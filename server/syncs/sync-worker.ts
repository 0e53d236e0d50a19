import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../../core/errors";
import { advanceSync, type SyncSurroundings } from "./advance-sync";
import { pauseBefore } from "./pauses";
import { storeTrouble } from "./trouble";

/** How often it is looked again for what nobody tells of. */
const idleMs = 15_000;
/** Who is in an audience is being found for the first time. */
const notYetMs = 250;

/** Carries one sync on for as long as it is there. What it has done is stored step by step. */
export class SyncWorker {
  readonly #ended = new AbortController();
  #activity = new AbortController();
  #isWoken = false;
  #onWake: (() => void) | undefined;
  #failures = 0;
  readonly #resends = new Set<number>();
  readonly #done: Promise<void>;

  constructor(
    readonly around: SyncSurroundings,
    readonly id: string,
  ) {
    this.#done = this.#run();
  }

  /** There may be something to do. Deliveries and pauses go on. */
  wake(): void {
    this.#isWoken = true;
    this.#onWake?.();
  }

  resend(profile: number): void {
    this.#resends.add(profile);
    this.wake();
  }

  /** The sync or its destination was changed: what is under way is left, and begun again as it is now. */
  restart(): void {
    this.#activity.abort(new Error("The sync was changed"));
  }

  /** Stops where it is; resolves once nothing of it runs. */
  async close(): Promise<void> {
    this.#ended.abort();
    this.#activity.abort(new Error("The sync has ended"));
    await this.#done;
  }

  async #run(): Promise<void> {
    while (!this.#ended.signal.aborted) {
      this.#activity = new AbortController();
      const { signal } = this.#activity;
      this.#isWoken = false;
      try {
        const next = await advanceSync(this.id, this.around, this.#resends, signal);
        this.#failures = 0;
        if (next === "gone") return;
        if (next !== "more") await this.#idle(next === "soon" ? notYetMs : idleMs, signal);
      } catch (error) {
        if (!signal.aborted) await this.#afterFailure(error, signal);
      }
    }
  }

  async #idle(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (this.#isWoken || signal.aborted) return;
    const woken = new AbortController();
    this.#onWake = () => woken.abort();
    await sleep(milliseconds, undefined, { signal: AbortSignal.any([signal, woken.signal]), ref: false }).catch(
      () => undefined,
    );
    this.#onWake = undefined;
  }

  /** Nothing that fails here is the tool's: secrets that cannot be read, a store that is busy, a defect. It is tried again. */
  async #afterFailure(error: unknown, signal: AbortSignal): Promise<void> {
    const { log, now, metadata } = this.around;
    this.#failures += 1;
    const isKnown = error instanceof AppError;
    if (!isKnown) log.error({ err: error, syncId: this.id }, "A sync failed; it is tried again");
    const message = isKnown ? error.message : "Something went wrong on the server; its log says what.";
    const wait = pauseBefore(this.#failures, "unavailable", undefined);
    const retryAt = now().getTime() + wait;
    try {
      await storeTrouble(metadata, this.id, { fault: "settings", message, attempts: this.#failures, retryAt });
    } catch (second) {
      log.error({ err: second, syncId: this.id }, "Why a sync does not get on could not be stored");
    }
    await this.#idle(wait, signal);
  }
}
