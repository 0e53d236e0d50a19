import { cancelled } from "@/server/event-store/engine-error";

/** How many funnels are gone through at a time: more would only slow each other down, and everything else. */
const places = 2;
let taken = 0;
const waiting: (() => void)[] = [];

/** Runs the work when there is a place for it, first come, first served. Errors: `cancelled` while waiting. */
export async function inTurn<Answer>(signal: AbortSignal | undefined, work: () => Promise<Answer>): Promise<Answer> {
  await placeFor(signal);
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else taken -= 1;
  }
}

function placeFor(signal: AbortSignal | undefined): Promise<void> | undefined {
  if (signal?.aborted) throw cancelled();
  if (taken < places) {
    taken += 1;
    return undefined;
  }
  return new Promise((resolve, reject) => {
    const go = () => {
      signal?.removeEventListener("abort", leave);
      resolve();
    };
    const leave = () => {
      waiting.splice(waiting.indexOf(go), 1);
      reject(cancelled());
    };
    signal?.addEventListener("abort", leave, { once: true });
    waiting.push(go);
  });
}
