import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { importRun } from "@/core/api/imports";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { openTestApp, type TestApp } from "./support/app";
import { testToken } from "./support/services";

const storedRow = z.strictObject({
  type: z.string(),
  event: z.string(),
  userId: z.string(),
  timestamp: z.string(),
  properties: z.string(),
});

describe("importing Parquet", () => {
  let app: TestApp;
  let folder: string;
  beforeAll(async () => {
    app = await openTestApp();
    folder = await mkdtemp(join(tmpdir(), "foothold-parquet-"));
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  /** A file written by the engine, which shares no code with the reader. */
  async function parquet(rows: Sql, settings: Record<string, string | number> = {}): Promise<Buffer> {
    const path = join(folder, `${Math.random()}.parquet`);
    await app.services.eventStore.command(sql`INSERT INTO FUNCTION file(${param.string(path)}, 'Parquet') ${rows}`, {
      settings,
    });
    return readFile(path);
  }
  async function bringIn(body: Buffer, query: Record<string, string>, headers: Record<string, string> = {}) {
    const response = await app.fetch(`/api/imports?${new URLSearchParams(query)}`, {
      method: "POST",
      body: new Uint8Array(body),
      headers: { authorization: `Bearer ${testToken}`, ...headers },
    });
    const answer: unknown = await response.json();
    if (response.status !== 202) return { refused: response.status, answer };
    const { id } = importRun.parse(answer);
    for (;;) {
      const run = importRun.parse((await app.call("GET", `/api/imports/${id}`)).body);
      if (run.status !== "running") return run;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  const stored = async (prefix: string) => {
    const rows = await app.services.eventStore.query(
      sql`SELECT type, event, user_id AS userId, timestamp, properties FROM messages
        WHERE startsWith(user_id, ${param.string(prefix)}) ORDER BY arrival`,
      storedRow,
    );
    return rows.map((row) => ({ ...row, properties: JSON.parse(row.properties) }));
  };

  test("a table by the names of its columns, each cell as the value that it is", async () => {
    const file = await parquet(sql`
      SELECT * REPLACE(CAST(plan, 'Tuple(name String, seats UInt8)') AS plan) FROM (
      SELECT 'p1' AS user_id, 'Order Completed' AS event, toDateTime64('2026-01-02 03:04:05.678', 3, 'UTC') AS timestamp,
        12.5 AS total, toInt64(9007199254740993) AS big, true AS first, ['a', 'b'] AS tags, CAST(NULL, 'Nullable(String)') AS note,
        ('trial', 3) AS plan
      UNION ALL SELECT 'p2', '', toDateTime64('2026-01-03 00:00:00', 3, 'UTC'), 1, 2, false, [], 'x', ('team', 4)) ORDER BY user_id`);
    const run = await bringIn(file, { format: "parquet" });
    expect(run).toMatchObject({ status: "done", format: "parquet", read: 2, accepted: 2, rejected: 0 });
    expect(await stored("p")).toEqual([
      {
        type: "track",
        event: "Order Completed",
        userId: "p1",
        timestamp: "2026-01-02T03:04:05.678Z",
        properties: {
          total: 12.5,
          big: "9007199254740993",
          first: true,
          tags: ["a", "b"],
          plan: { name: "trial", seats: 3 },
        },
      },
      {
        type: "identify",
        event: "",
        userId: "p2",
        timestamp: "2026-01-03T00:00:00.000Z",
        properties: { total: 1, big: 2, first: false, tags: [], note: "x", plan: { name: "team", seats: 4 } },
      },
    ]);
    expect(await bringIn(file, { fileName: "orders.parquet" })).toMatchObject({ accepted: 0, duplicates: 2 });
  });

  test("messages where a column says their type; objects as such or as text", async () => {
    const file = await parquet(sql`
      SELECT * FROM (SELECT 'track' AS type, 'q1' AS userId, 'E' AS event, '2026-01-02T00:00:00Z' AS timestamp, '{"a":1}' AS properties, '' AS traits
      UNION ALL SELECT 'identify', 'q2', '', '2026-01-02T00:00:00Z', '', '{"plan":"trial"}'
      UNION ALL SELECT 'track', 'q3', 'E', '2026-01-02T00:00:00Z', '[1]', '') ORDER BY userId`);
    const run = await bringIn(file, {}, { "content-type": "application/vnd.apache.parquet" });
    expect(run).toMatchObject({ read: 3, accepted: 2, rejected: 1, errors: [{ line: 3 }] });
    expect(await stored("q")).toMatchObject([
      { type: "track", userId: "q1", properties: { a: 1 } },
      { type: "identify", userId: "q2", properties: { plan: "trial" } },
    ]);
  });

  test.each(["zstd", "snappy", "gzip", "lz4", "brotli", "none"])(
    "many row groups, compressed by %s",
    async (method) => {
      const rows = sql`SELECT concat(${param.string(method)}, toString(number)) AS userId, 'E' AS event, number AS n,
      toDateTime64('2026-01-02 00:00:00', 3, 'UTC') AS timestamp FROM numbers(7001)`;
      const settings = { output_format_parquet_compression_method: method, output_format_parquet_row_group_size: 1000 };
      const file = await parquet(rows, settings);
      expect(await bringIn(gzipSync(file), { format: "parquet" }, { "content-encoding": "gzip" })).toMatchObject({
        status: "done",
        accepted: 7001,
      });
      const found = await stored(method);
      expect(found.map(({ properties }) => properties.n).sort((a, b) => a - b)).toEqual([...Array(7001).keys()]);
    },
  );

  test("by a mapping", async () => {
    const file = await parquet(sql`SELECT 5 AS who, 1700000000 AS when, 'Login' AS what, 's' AS secret`);
    const mapping = { userId: "who", timestamp: "when", event: "what", rest: "properties", ignore: ["secret"] };
    expect(await bringIn(file, { format: "parquet", mapping: JSON.stringify(mapping) })).toMatchObject({ accepted: 1 });
    expect(await stored("5")).toMatchObject([{ timestamp: "2023-11-14T22:13:20.000Z", properties: {} }]);
  });

  test("what is no Parquet, or has nobody in it, is refused by name", async () => {
    const notParquet = await bringIn(Buffer.from("userId,event\n1,2\n"), { format: "parquet" });
    expect(notParquet).toMatchObject({ refused: 400, answer: { error: { code: "invalid" } } });
    const file = await parquet(sql`SELECT 'x' AS who`);
    expect(await bringIn(file, {})).toMatchObject({ refused: 400, answer: { error: { path: "mapping.userId" } } });
    const cut = await bringIn(file.subarray(0, file.length - 20), { format: "parquet" });
    expect(cut).toMatchObject({ refused: 400 });
  });
});
