import { AsyncLocalStorage } from "node:async_hooks";

/** One piece of a request's work: to be told how much of it is done, from 0 to 1. */
export type TellDone = (share: number) => void;

/** How much the pieces of a request's work weigh: a statement, and going through the events of everybody. */
export const statementWeight = 1;
export const walkWeight = 40;

/** How far one request has come. It never goes back, though pieces may turn up late. */
class Progress {
  readonly #pieces: { weight: number; done: number }[] = [];
  #furthest = 0;

  begin(weight: number): TellDone {
    const piece = { weight, done: 0 };
    this.#pieces.push(piece);
    return (share) => {
      piece.done = Math.max(piece.done, Math.min(1, share));
    };
  }

  /** From 0 to 1. */
  get share(): number {
    const weight = this.#pieces.reduce((sum, piece) => sum + piece.weight, 0);
    const done = this.#pieces.reduce((sum, piece) => sum + piece.weight * piece.done, 0);
    this.#furthest = Math.max(this.#furthest, weight === 0 ? 0 : done / weight);
    return this.#furthest;
  }
}

const current = new AsyncLocalStorage<Progress>();
const followed = new WeakMap<object, Map<string, Progress>>();

/**
 * Runs a request's work so that `shareOf` tells how far it has come, as long as it runs. Names are a workspace's own, given as its
 * services; a later request of the same name takes the place of an earlier one.
 */
export async function followedBy<Answer>(
  workspace: object,
  name: string,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const progress = new Progress();
  const running = followed.get(workspace) ?? new Map<string, Progress>();
  followed.set(workspace, running.set(name, progress));
  try {
    return await current.run(progress, work);
  } finally {
    if (running.get(name) === progress) running.delete(name);
  }
}

/** How far the request of a name has come; null where none is running. */
export function shareOf(workspace: object, name: string): number | null {
  return followed.get(workspace)?.get(name)?.share ?? null;
}

/** Begins a piece of the work of the request that is running, if anybody may ask how far that has come. */
export function beginPiece(weight: number): TellDone {
  return current.getStore()?.begin(weight) ?? (() => undefined);
}
