import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { drainPending, type Session } from "chdb";
import type * as z from "zod";
import { dropTables } from "./drop-tables";
import { cancelled, fromEngine } from "./engine-error";
import { assertDatabaseName, type EventEngine } from "./event-engine";
import { type BareStore, type ByteFormat, EventStoreError } from "./event-store";
import { type NativeBlock, nativeBlocks } from "./native";
import type { QueryOptions } from "./query-options";
import { encodeRows, parseRows } from "./rows";
import { type Lane, SessionPool } from "./session-pool";
import {
  defaultMemoryBytes,
  defaultStreamTimeoutSeconds,
  defaultTimeoutSeconds,
  insertSettings,
  takesSettings,
  withSettings,
} from "./settings";
import { renderLiteral, Sql } from "./sql";

export interface ChdbOptions {
  /** Folder of the engine; made when missing. One process may have it open, and only one folder per process. */
  directory: string;
  /** Most bytes that one query may use. */
  memoryBytes?: number;
}

/** Calls that are running when the store is closed have this long to end; what was acknowledged is stored in any case. */
const closingGraceMs = 30_000;

/** The event stores inside this process, one in each database. */
export function openChdb({ directory, memoryBytes = defaultMemoryBytes }: ChdbOptions): EventEngine {
  mkdirSync(directory, { recursive: true });
  const pool = new SessionPool(directory);
  const own = storeIn(pool, null, memoryBytes);
  return {
    kind: "chdb",

    async database(name): Promise<BareStore> {
      if (name === null) return own;
      assertDatabaseName(name);
      await own.command(new Sql([`CREATE DATABASE IF NOT EXISTS ${name}`]));
      return storeIn(pool, name, memoryBytes);
    },

    async drop(name): Promise<void> {
      if (name === null) return dropTables(own);
      assertDatabaseName(name);
      pool.forget(name);
      await own.command(new Sql([`DROP DATABASE IF EXISTS ${name} SYNC`]));
    },

    async close(): Promise<void> {
      // A stream whose reader has stalled would otherwise keep the process from ending.
      const deadline = Date.now() + closingGraceMs;
      while (pool.busy > 0 && Date.now() < deadline) await sleep(5);
      pool.close();
      await drainPending();
    },
  };
}

function storeIn(pool: SessionPool, database: string | null, memoryBytes: number): BareStore {
  /** Stops a running call from another Session; asked again until the engine has let go, for it may not have begun. */
  async function stop(callId: string, running: { done: boolean }): Promise<void> {
    while (!running.done) {
      const session = await pool.acquire("control", database);
      let sound = false;
      try {
        await session.queryAsync(`KILL QUERY WHERE Settings['log_comment'] = '${callId}' ASYNC`, { format: "Null" });
        sound = true;
      } finally {
        pool.release("control", database, session, sound);
      }
      await sleep(20);
    }
  }

  /**
   * Runs one call on a Session of its own. On abort the caller is answered at once; the Session goes back, to be
   * closed, only when the engine has let go of it.
   */
  async function run<Answer>(
    lane: Lane,
    options: QueryOptions,
    call: (session: Session, callId: string) => Promise<Answer>,
  ): Promise<Answer> {
    const { signal, timeoutSeconds = defaultTimeoutSeconds } = options;
    if (signal?.aborted) throw cancelled();
    const session = await pool.acquire(lane, database);
    if (signal?.aborted) {
      pool.release(lane, database, session, true);
      throw cancelled();
    }
    const callId = randomUUID();
    const running = { done: false };
    const answer = call(session, callId).then(
      (value) => {
        running.done = true;
        pool.release(lane, database, session, signal?.aborted !== true);
        return value;
      },
      (error: unknown) => {
        running.done = true;
        pool.release(lane, database, session, false);
        throw fromEngine(error, timeoutSeconds);
      },
    );
    if (signal === undefined) return answer;
    return new Promise<Answer>((resolve, reject) => {
      const abort = () => {
        reject(cancelled());
        stop(callId, running).catch(() => undefined);
      };
      signal.addEventListener("abort", abort, { once: true });
      answer.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
    });
  }

  async function* chunks(statement: Sql, format: string, options: QueryOptions) {
    const { signal, timeoutSeconds = defaultStreamTimeoutSeconds } = options;
    if (signal?.aborted) throw cancelled();
    const session = await pool.acquire("stream", database);
    const callId = randomUUID();
    const running = { done: false };
    const abort = () => {
      stop(callId, running).catch(() => undefined);
    };
    signal?.addEventListener("abort", abort, { once: true });
    let sound = false;
    try {
      const text = withSettings(renderLiteral(statement), { callId, timeoutSeconds, memoryBytes }, options);
      const result = session.queryStream(text, { format });
      for await (const chunk of result) {
        if (signal?.aborted) throw cancelled();
        yield chunk;
      }
      sound = true;
    } catch (error) {
      throw signal?.aborted ? cancelled() : fromEngine(error, timeoutSeconds);
    } finally {
      running.done = true;
      signal?.removeEventListener("abort", abort);
      pool.release("stream", database, session, sound);
    }
  }

  async function insertLines(table: string, values: Buffer, rows: number): Promise<void> {
    if (rows === 0) return;
    const written = await run("insert", {}, (session) =>
      session.insert({ table, values, format: "JSONEachRow", settings: insertSettings }),
    );
    if (written.rowsWritten < rows) {
      throw new EventStoreError(`${written.rowsWritten} of ${rows} rows were written to ${table}`, 0);
    }
  }

  return {
    kind: "chdb",

    async query<Row>(statement: Sql, row: z.ZodType<Row>, options: QueryOptions = {}): Promise<Row[]> {
      const { timeoutSeconds = defaultTimeoutSeconds } = options;
      const sqlText = renderLiteral(statement);
      const text = await run(options.heavy ? "heavy" : "light", options, async (session, callId) => {
        const settled = withSettings(sqlText, { callId, timeoutSeconds, memoryBytes }, options);
        return (await session.queryAsync(settled, { format: "JSONEachRow" })).text();
      });
      return parseRows(text, row);
    },

    async *stream<Row>(statement: Sql, row: z.ZodType<Row>, options: QueryOptions = {}): AsyncIterable<Row[]> {
      for await (const chunk of chunks(statement, "JSONEachRow", options)) yield parseRows(chunk.text(), row);
    },

    async *streamBytes(statement: Sql, format: ByteFormat, options: QueryOptions = {}): AsyncIterable<Uint8Array> {
      for await (const chunk of chunks(statement, format, options)) yield chunk.raw();
    },

    async blocks(statement: Sql, options: QueryOptions = {}): Promise<NativeBlock[]> {
      const { timeoutSeconds = defaultTimeoutSeconds } = options;
      const sqlText = renderLiteral(statement);
      const bytes = await run(options.heavy ? "heavy" : "light", options, async (session, callId) => {
        const settled = withSettings(sqlText, { callId, timeoutSeconds, memoryBytes }, options);
        return (await session.queryAsync(settled, { format: "Native" })).bytes();
      });
      return nativeBlocks(bytes);
    },

    async *blockStream(statement: Sql, options: QueryOptions = {}): AsyncIterable<NativeBlock[]> {
      for await (const chunk of chunks(statement, "Native", options)) yield nativeBlocks(chunk.raw());
    },

    async command(statement: Sql, options: QueryOptions = {}): Promise<void> {
      const { timeoutSeconds = defaultStreamTimeoutSeconds } = options;
      const sqlText = renderLiteral(statement);
      await run(options.heavy ? "heavy" : "light", { ...options, timeoutSeconds }, async (session, callId) => {
        const settled = takesSettings(sqlText)
          ? withSettings(
              sqlText,
              { callId, timeoutSeconds, memoryBytes },
              {
                ...options,
                settings: { max_partitions_per_insert_block: 0, mutations_sync: 2, ...options.settings },
              },
            )
          : sqlText;
        await session.queryAsync(settled, { format: "Null" });
      });
    },

    insert: (table, rows) => insertLines(table, encodeRows(rows), rows.length),

    insertLines,
  };
}
