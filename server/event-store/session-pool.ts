import { Session } from "chdb";

/** A literal list of a hundred thousand ids is a long text. */
const connectionArgs = [`--max_query_size=${256 * 1024 * 1024}`];

/** Threads that Node has for queries and for everything else; read by it from the same place (scripts/start.cjs). */
const threads = Number(process.env.UV_THREADPOOL_SIZE ?? 4);

/** How many calls of each kind run at a time; together they leave a thread for the rest of the process. */
const sizes = {
  light: Math.max(2, Math.floor(threads / 2)),
  heavy: Math.max(1, Math.floor(threads / 4)),
  insert: Math.max(1, Math.floor(threads / 8)),
  // A stream holds a thread only while it fetches.
  stream: 16,
  // KILL must never wait behind what it is to stop.
  control: 1,
} as const;
export type Lane = keyof typeof sizes;

interface Waiter {
  database: string | null;
  resolve(session: Promise<Session>): void;
  reject(reason: Error): void;
}

/** How many Sessions that nobody uses are kept for the next call. */
const keptIdle = sizes.light + sizes.heavy + sizes.insert + 2;

/**
 * chDB Sessions on one folder. A Session serves one call at a time and is handed back as sound or is closed: a Session
 * that failed, timed out or was abandoned gives stale bytes to its next query. Each lane has its own places, so that
 * calls of one kind never queue behind calls of another. A Session speaks to the database that it was made for.
 */
export class SessionPool {
  readonly #directory: string;
  readonly #idle: { database: string | null; session: Session }[] = [];
  readonly #inUse: Record<Lane, number> = { light: 0, heavy: 0, insert: 0, stream: 0, control: 0 };
  readonly #waiting: Record<Lane, Waiter[]> = { light: [], heavy: [], insert: [], stream: [], control: [] };
  /** Keeps the engine and its folder open while no other Session is. */
  readonly #anchor: Session;
  #closed = false;

  constructor(directory: string) {
    this.#directory = directory;
    this.#anchor = new Session(directory, { connectionArgs });
  }

  /** A Session of a database, null for the engine's own. */
  async acquire(lane: Lane, database: string | null): Promise<Session> {
    if (this.#closed) throw new Error("The event store is closed");
    if (this.#inUse[lane] >= sizes[lane]) {
      return new Promise((resolve, reject) => this.#waiting[lane].push({ database, resolve, reject }));
    }
    this.#inUse[lane] += 1;
    return this.#take(lane, database);
  }

  /** Gives back a Session; `sound` only after a call that succeeded and whose whole output was read. */
  release(lane: Lane, database: string | null, session: Session, sound: boolean): void {
    if (sound && !this.#closed) this.#idle.push({ database, session });
    else session.close();
    if (this.#idle.length > keptIdle) this.#idle.shift()?.session.close();
    this.#passOn(lane);
  }

  /** Closes the Sessions of a database that nobody uses. */
  forget(database: string): void {
    for (const idle of this.#idle.filter((one) => one.database === database)) {
      this.#idle.splice(this.#idle.indexOf(idle), 1);
      idle.session.close();
    }
  }

  get busy(): number {
    return Object.values(this.#inUse).reduce((sum, count) => sum + count, 0);
  }

  close(): void {
    this.#closed = true;
    for (const waiters of Object.values(this.#waiting)) {
      for (const { reject } of waiters.splice(0)) reject(new Error("The event store is closed"));
    }
    for (const { session } of this.#idle.splice(0)) session.close();
    this.#anchor.close();
  }

  #passOn(lane: Lane): void {
    const waiter = this.#waiting[lane].shift();
    if (waiter === undefined) this.#inUse[lane] -= 1;
    else waiter.resolve(this.#take(lane, waiter.database));
  }

  async #take(lane: Lane, database: string | null): Promise<Session> {
    const index = this.#idle.findLastIndex((idle) => idle.database === database);
    const [kept] = index === -1 ? [] : this.#idle.splice(index, 1);
    if (kept !== undefined) return kept.session;
    const session = new Session(this.#directory, { connectionArgs });
    if (database === null) return session;
    try {
      // Which database it is stays with a Session, whatever else it is asked.
      await session.queryAsync(`USE ${database}`, { format: "Null" });
      return session;
    } catch (error) {
      session.close();
      this.#passOn(lane);
      throw error;
    }
  }
}
