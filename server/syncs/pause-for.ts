import { setTimeout as sleep } from "node:timers/promises";

/** Waits without keeping the process alive. Rejects with the signal's reason. */
export async function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(Math.max(0, milliseconds), undefined, { signal, ref: false });
}
