import type { BareStore } from "./event-store";

/** What the event stores of an installation are in: chDB in this process, or a ClickHouse server. A workspace has a database of it. */
export interface EventEngine {
  readonly kind: BareStore["kind"];
  /** The store in a database, which is made when missing; null for the one that there is from the beginning. */
  database(name: string | null): Promise<BareStore>;
  /** Removes a database with all that is in it; of the one from the beginning, what is in it. */
  drop(name: string | null): Promise<void>;
  close(): Promise<void>;
}

/** Names that are made by us, and so need no quoting. Throws for any other. */
export function assertDatabaseName(name: string): void {
  if (!/^[a-z][a-z_0-9]*$/.test(name)) throw new Error(`Not the name of a database: ${name}`);
}
