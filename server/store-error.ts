/** A store that cannot be opened; the message says which, and why. */
export class StoreError extends Error {
  override readonly name = "StoreError";
}

/** Waits for a store to open. Throws a StoreError that begins with what it is. */
export async function opening<Store>(what: string, store: Promise<Store>): Promise<Store> {
  try {
    return await store;
  } catch (error) {
    throw new StoreError(`${what} cannot be opened: ${reasonOf(error)}`, { cause: error });
  }
}

/** Trying each address of a host fails with one error that has no message of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return error.errors.map(reasonOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
