import { randomUUID } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from "@clickhouse/client";
import type * as z from "zod";
import { dropTables } from "./drop-tables";
import { cancelled, fromEngine } from "./engine-error";
import { assertDatabaseName, type EventEngine } from "./event-engine";
import type { BareStore, ByteFormat } from "./event-store";
import { type NativeBlock, nativeBlocks } from "./native";
import type { QueryOptions } from "./query-options";
import { encodeRows, parseRows } from "./rows";
import {
  defaultMemoryBytes,
  defaultStreamTimeoutSeconds,
  defaultTimeoutSeconds,
  insertSettings,
  takesSettings,
  withSettings,
} from "./settings";
import { render, type Sql } from "./sql";

/** Time for a stopped query to say so before the connection is given up. */
const graceMs = 10_000;

function clientFor(url: string, database: string | undefined): ClickHouseClient {
  return createClient({
    url,
    ...(database === undefined ? {} : { database }),
    application: "foothold",
    max_open_connections: 24,
    request_timeout: defaultStreamTimeoutSeconds * 1000 + graceMs,
    // Failures are thrown, and logged where they are answered.
    log: { level: ClickHouseLogLevel.OFF },
    // Long lists of ids do not fit into a URL.
    use_multipart_params_auto: true,
  });
}

/**
 * The event stores in a ClickHouse server. The path of the URL names the database that there is from the beginning, which is
 * made when missing; the names of the others begin with its name, so that installations can share a server.
 */
export async function openClickhouse(address: string): Promise<EventEngine> {
  const url = new URL(address);
  const first = decodeURIComponent(url.pathname.replace(/^\/+|\/+$/g, "")) || "default";
  url.pathname = "";
  const root = clientFor(url.href, undefined);
  const clients = [root];
  const nameOf = (name: string | null) => {
    if (name !== null) assertDatabaseName(name);
    return name === null ? first : `${first}_${name}`;
  };

  async function database(name: string | null): Promise<BareStore> {
    const query_params = { name: nameOf(name) };
    await root.command({ query: "CREATE DATABASE IF NOT EXISTS {name:Identifier}", query_params });
    const client = clientFor(url.href, nameOf(name));
    clients.push(client);
    return storeOf(client);
  }

  return {
    kind: "clickhouse",
    database,
    async drop(name) {
      if (name === null) return dropTables(await database(null));
      await root.command({
        query: "DROP DATABASE IF EXISTS {name:Identifier} SYNC",
        query_params: { name: nameOf(name) },
      });
    },
    async close() {
      await Promise.all(clients.map((client) => client.close()));
    },
  };
}

function storeOf(client: ClickHouseClient): BareStore {
  /** Runs one call; when the signal fires the answer is given up at once and the server is told to stop. */
  async function run<Answer>(
    options: QueryOptions & { timeoutSeconds: number },
    call: (callId: string, abort: AbortSignal) => Promise<Answer>,
  ): Promise<Answer> {
    const { signal, timeoutSeconds } = options;
    if (signal?.aborted) throw cancelled();
    const callId = randomUUID();
    const watch = watched(callId, options);
    try {
      return await call(callId, watch.abort);
    } catch (error) {
      throw signal?.aborted ? cancelled() : fromEngine(error, timeoutSeconds);
    } finally {
      watch.stop();
    }
  }

  /** An abort signal for the client that follows the caller's, and stops the query in the server as well. */
  function watched(callId: string, { signal, timeoutSeconds }: QueryOptions & { timeoutSeconds: number }) {
    const controller = new AbortController();
    const abort = () => {
      controller.abort();
      client.command({ query: `KILL QUERY WHERE Settings['log_comment'] = '${callId}' ASYNC` }).catch(() => undefined);
    };
    signal?.addEventListener("abort", abort, { once: true });
    const timer = setTimeout(() => controller.abort(), timeoutSeconds * 1000 + graceMs);
    return {
      abort: controller.signal,
      stop() {
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
      },
    };
  }

  function settled(statement: Sql, callId: string, options: QueryOptions & { timeoutSeconds: number }) {
    const { text, params } = render(statement);
    const { timeoutSeconds } = options;
    return {
      query: withSettings(text, { callId, timeoutSeconds, memoryBytes: defaultMemoryBytes }, options),
      query_params: { ...params },
    };
  }

  async function* lines(statement: Sql, format: ByteFormat, options: QueryOptions) {
    const { signal, timeoutSeconds = defaultStreamTimeoutSeconds } = options;
    if (signal?.aborted) throw cancelled();
    const callId = randomUUID();
    const bounded = { ...options, timeoutSeconds };
    const watch = watched(callId, bounded);
    try {
      const result = await client.query({ ...settled(statement, callId, bounded), format, abort_signal: watch.abort });
      for await (const rows of result.stream()) yield rows.map((row) => `${row.text}\n`).join("");
    } catch (error) {
      throw signal?.aborted ? cancelled() : fromEngine(error, timeoutSeconds);
    } finally {
      watch.stop();
    }
  }

  async function blocks(statement: Sql, options: QueryOptions = {}): Promise<NativeBlock[]> {
    const bounded = { timeoutSeconds: defaultTimeoutSeconds, ...options };
    const bytes = await run(bounded, async (callId, abort) => {
      const { query, query_params } = settled(statement, callId, bounded);
      const { stream } = await client.exec({ query: `${query} FORMAT Native`, query_params, abort_signal: abort });
      return buffer(stream);
    });
    return nativeBlocks(bytes);
  }

  async function insertLines(table: string, lines: Buffer, rows: number): Promise<void> {
    if (rows === 0) return;
    if (!/^[a-z_0-9]+$/.test(table)) throw new Error(`Not the name of a table: ${table}`);
    await run({ timeoutSeconds: defaultTimeoutSeconds }, (_callId, abort) =>
      client.command({
        query: `INSERT INTO ${table} SETTINGS ${Object.entries(insertSettings)
          .map(([name, value]) => `${name} = ${value}`)
          .join(", ")} FORMAT JSONEachRow\n${lines}`,
        abort_signal: abort,
      }),
    );
  }

  return {
    kind: "clickhouse",

    async query<Row>(statement: Sql, row: z.ZodType<Row>, options: QueryOptions = {}): Promise<Row[]> {
      const bounded = { timeoutSeconds: defaultTimeoutSeconds, ...options };
      const text = await run(bounded, async (callId, abort) => {
        const result = await client.query({
          ...settled(statement, callId, bounded),
          format: "JSONEachRow",
          abort_signal: abort,
        });
        return result.text();
      });
      return parseRows(text, row);
    },

    async *stream<Row>(statement: Sql, row: z.ZodType<Row>, options: QueryOptions = {}): AsyncIterable<Row[]> {
      for await (const text of lines(statement, "JSONEachRow", options)) yield parseRows(text, row);
    },

    async *streamBytes(statement: Sql, format: ByteFormat, options: QueryOptions = {}): AsyncIterable<Uint8Array> {
      for await (const text of lines(statement, format, options)) yield Buffer.from(text);
    },

    blocks,

    async *blockStream(statement: Sql, options: QueryOptions = {}): AsyncIterable<NativeBlock[]> {
      // Blocks do not end where the pieces do that arrive.
      yield await blocks(statement, { timeoutSeconds: defaultStreamTimeoutSeconds, ...options });
    },

    async command(statement: Sql, options: QueryOptions = {}): Promise<void> {
      const bounded = {
        timeoutSeconds: defaultStreamTimeoutSeconds,
        ...options,
        settings: { max_partitions_per_insert_block: 0, mutations_sync: 2, ...options.settings },
      };
      await run(bounded, async (callId, abort) => {
        const { text, params } = render(statement);
        const call = takesSettings(text)
          ? settled(statement, callId, bounded)
          : { query: text, query_params: { ...params } };
        await client.command({ ...call, abort_signal: abort });
      });
    },

    insert: (table, rows) => insertLines(table, encodeRows(rows), rows.length),

    insertLines,
  };
}
