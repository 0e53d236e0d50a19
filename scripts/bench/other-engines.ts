import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { Client } from "pg";
import { type Sql, sql } from "@/server/event-store/sql";
import type { Services } from "@/server/services";
import { startPostgresql } from "@/tests/support/postgresql";
import { benchDefinitions } from "./definitions";
import { median } from "./median";

/** Milliseconds of each definition's count, in their order. */
export interface EngineTiming {
  engine: string;
  loadSeconds: number;
  bytes: number;
  ms: number[];
}

/** What both engines are given: the same rows, with the properties that are asked for in columns of their own. */
const events = sql`SELECT event, profile, toUnixTimestamp64Milli(timestamp) AS ts,
  JSONExtractString(properties, 'source') AS source, toInt32(round(10 * JSONExtractFloat(properties, 'amount'))) AS tenths FROM messages WHERE type = 'track'`;
const people = sql`SELECT profile, JSONExtractString(properties, 'plan') AS plan, JSONExtractUInt(properties, 'company_size') AS company_size,
  JSONExtractString(properties, 'email') AS email FROM messages WHERE type = 'identify' AND user_id != ''`;

interface Engine {
  run(statement: string): Promise<number>;
}

async function timeAll(engine: Engine, expected: readonly number[], repetitions: number): Promise<number[]> {
  const medians: number[] = [];
  for (const [index, { name, portable }] of benchDefinitions.entries()) {
    const ms: number[] = [];
    for (let repetition = 0; repetition <= repetitions; repetition += 1) {
      const start = performance.now();
      const count = await engine.run(`SELECT count(*)::int AS count FROM people p WHERE ${portable}`);
      if (repetition > 0) ms.push(performance.now() - start);
      if (count !== expected[index]) throw new Error(`${name}: found ${count}, not ${expected[index]}`);
    }
    medians.push(median(ms));
  }
  return medians;
}

/** The definitions' counts, as SQL that one would write by hand, in DuckDB and in PostgreSQL with indexes that cover it. */
export async function timeOtherEngines(
  services: Services,
  expected: readonly number[],
  repetitions: number,
): Promise<EngineTiming[]> {
  const folder = await mkdtemp(join(tmpdir(), "foothold-bench-rows-"));
  try {
    return [
      await timeDuckdb(services, folder, expected, repetitions),
      await timePostgresql(services, expected, repetitions),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function timeDuckdb(
  services: Services,
  folder: string,
  expected: readonly number[],
  repetitions: number,
): Promise<EngineTiming> {
  const instance = await DuckDBInstance.create(join(folder, "duckdb"), { threads: "2" });
  const connection = await instance.connect();
  try {
    const start = performance.now();
    await connection.run(
      "CREATE TABLE events (event VARCHAR, profile UINTEGER, ts BIGINT, source VARCHAR, tenths INTEGER)",
    );
    await connection.run("CREATE TABLE people (profile UINTEGER, plan VARCHAR, company_size UINTEGER, email VARCHAR)");
    for (const [table, rows] of [
      ["events", events],
      ["people", people],
    ] as const) {
      const appender = await connection.createAppender(table);
      for await (const lines of csvLines(services, rows)) {
        for (const [first = "", second = "", third = "", fourth = "", fifth = ""] of lines) {
          if (table === "events") {
            appender.appendVarchar(first);
            appender.appendUInteger(Number(second));
            appender.appendBigInt(BigInt(third));
          } else {
            appender.appendUInteger(Number(first));
            appender.appendVarchar(second);
            appender.appendUInteger(Number(third));
          }
          appender.appendVarchar(fourth);
          if (table === "events") appender.appendInteger(Number(fifth));
          appender.endRow();
        }
        appender.flushSync();
      }
      appender.closeSync();
    }
    await connection.run("CHECKPOINT");
    const loadSeconds = (performance.now() - start) / 1000;
    const engine: Engine = {
      async run(statement) {
        const [row] = (await connection.runAndReadAll(statement)).getRows();
        return Number(row?.[0]);
      },
    };
    const [size] = (
      await connection.runAndReadAll("SELECT sum(used_blocks * block_size) FROM pragma_database_size()")
    ).getRows();
    return {
      engine: "DuckDB",
      loadSeconds,
      bytes: Number(size?.[0]),
      ms: await timeAll(engine, expected, repetitions),
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function timePostgresql(
  services: Services,
  expected: readonly number[],
  repetitions: number,
): Promise<EngineTiming> {
  const server = await startPostgresql();
  const client = new Client({ connectionString: await server.createDatabase() });
  await client.connect();
  try {
    const start = performance.now();
    await client.query("SET synchronous_commit = off");
    await client.query("CREATE UNLOGGED TABLE events (event text, profile int, ts bigint, source text, tenths int)");
    await client.query(
      "CREATE UNLOGGED TABLE people (profile int PRIMARY KEY, plan text, company_size int, email text)",
    );
    for await (const lines of csvLines(services, events)) {
      await client.query(
        "INSERT INTO events SELECT * FROM unnest($1::text[], $2::int[], $3::bigint[], $4::text[], $5::int[])",
        columnsOf(lines, 5),
      );
    }
    for await (const lines of csvLines(services, people)) {
      await client.query(
        "INSERT INTO people SELECT * FROM unnest($1::int[], $2::text[], $3::int[], $4::text[])",
        columnsOf(lines, 4),
      );
    }
    await client.query("CREATE INDEX ON events (event, ts) INCLUDE (profile, source, tenths)");
    await client.query("CREATE INDEX ON events (event, profile) INCLUDE (ts)");
    await client.query("CREATE INDEX ON people (plan) INCLUDE (profile)");
    await client.query("VACUUM ANALYZE");
    await client.query("SET work_mem = '512MB'");
    const loadSeconds = (performance.now() - start) / 1000;
    const engine: Engine = {
      async run(statement) {
        const { rows } = await client.query<{ count: number }>(statement);
        return rows[0]?.count ?? -1;
      },
    };
    const size = await client.query<{ bytes: string }>("SELECT pg_database_size(current_database()) AS bytes");
    const ms = await timeAll(engine, expected, repetitions);
    return { engine: "PostgreSQL 18", loadSeconds, bytes: Number(size.rows[0]?.bytes), ms };
  } finally {
    await client.end();
    await server.stop();
  }
}

const columnsOf = (lines: readonly string[][], columns: number): string[][] =>
  Array.from({ length: columns }, (_, column) => lines.map((line) => line[column] ?? ""));

/** Rows of plain values in batches; none of ours has a comma or a quote in it. */
async function* csvLines({ eventStore }: Services, rows: Sql): AsyncIterable<string[][]> {
  let rest = "";
  for await (const bytes of eventStore.streamBytes(rows, "CSV")) {
    const text = rest + Buffer.from(bytes).toString("latin1");
    const end = text.lastIndexOf("\n");
    rest = text.slice(end + 1);
    if (end > 0)
      yield text
        .slice(0, end)
        .replaceAll('"', "")
        .split("\n")
        .map((line) => line.split(","));
  }
}
