import { advanceSync, type SyncMemory, type SyncSurroundings } from "./advance-sync";
import { storeTrouble } from "./trouble";
import { WorkLoop } from "./work-loop";

/** Carries one sync on for as long as it is there. */
export class SyncWorker extends WorkLoop {
  readonly #memory: SyncMemory;

  constructor(around: SyncSurroundings, id: string) {
    const memory: SyncMemory = { names: undefined };
    const { log, metadata } = around;
    super({
      id,
      log,
      now: () => around.now(),
      advance: (signal) => advanceSync(id, around, memory, signal),
      storeTrouble: (trouble) => storeTrouble(metadata, id, trouble, around.now()),
    });
    this.#memory = memory;
  }

  /** These people were given a name, or another one, up to this arrival. */
  named(profiles: readonly number[], until: number): void {
    const { names } = this.#memory;
    // Before its first look it looks for them by itself.
    if (names === undefined) return;
    for (const profile of profiles) names.profiles.add(profile);
    names.until = until;
    this.wake();
  }

  /** Names are looked for from where that is stored. */
  override restart(): void {
    this.#memory.names = undefined;
    super.restart();
  }
}
