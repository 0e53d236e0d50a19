import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parquetFile } from "./parquet-file";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "foothold-parquet-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const columns = ["userId", "seats", "ratio", "paid", "enteredAt", "a.b, “c”"];
const types = ["text", "integer", "number", "boolean", "moment", "text"] as const;

async function* batches(sizes: readonly number[]) {
  let next = 0;
  for (const size of sizes) {
    yield Array.from({ length: size }, () => {
      const person = next++;
      const empty = person % 10 === 0;
      return empty
        ? [`person ${person}`, null, undefined, null, null, null]
        : [`person ${person}`, person, person / 2, person % 2 === 0, "2026-12-01T09:00:00.123Z", { list: [person] }];
    });
  }
}

async function written(sizes: readonly number[]): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of parquetFile(columns, types, batches(sizes))) pieces.push(piece);
  return Buffer.concat(pieces);
}

test("a reader of another make finds every row, each value by its type", async () => {
  const path = join(folder, "people.parquet");
  await writeFile(path, await written([1, 19_999, 30_000, 15_000, 1]));
  const connection = await (await DuckDBInstance.create()).connect();
  const read = async (query: string) => (await connection.runAndReadAll(query)).getRowObjectsJson();
  const people = `read_parquet('${path}')`;
  expect(await read(`SELECT count(*) AS rows, count(seats) AS known, sum(seats) AS seats FROM ${people}`)).toEqual([
    { rows: "65001", known: "58500", seats: String((65_000 * 65_001) / 2 - 10 * ((6_500 * 6_501) / 2)) },
  ]);
  expect(await read(`SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${people})`)).toEqual([
    { column_name: "userId", column_type: "VARCHAR" },
    { column_name: "seats", column_type: "BIGINT" },
    { column_name: "ratio", column_type: "DOUBLE" },
    { column_name: "paid", column_type: "BOOLEAN" },
    { column_name: "enteredAt", column_type: expect.stringMatching(/^TIMESTAMP/) },
    { column_name: "a.b, “c”", column_type: "VARCHAR" },
  ]);
  expect(
    await read(
      `SELECT * EXCLUDE ("enteredAt") FROM ${people} WHERE userId IN ('person 40000', 'person 40001') ORDER BY 1`,
    ),
  ).toEqual([
    { userId: "person 40000", seats: null, ratio: null, paid: null, "a.b, “c”": null },
    { userId: "person 40001", seats: "40001", ratio: 20_000.5, paid: false, "a.b, “c”": '{"list":[40001]}' },
  ]);
});

test("of nobody, the columns are there", async () => {
  const bytes = await written([]);
  const file = new Uint8Array(bytes).buffer;
  expect(await parquetReadObjects({ file })).toEqual([]);
  const path = join(folder, "nobody.parquet");
  await writeFile(path, bytes);
  const connection = await (await DuckDBInstance.create()).connect();
  const { length } = (await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet('${path}')`)).getRows();
  expect(length).toBe(columns.length);
});

test("a value that came meanwhile and is not of the column's type fails, and is not left out", async () => {
  async function* wrong() {
    yield [["ann", "five", 1, true, null, null]];
  }
  const file = parquetFile(columns, types, wrong());
  await expect(file.next()).rejects.toMatchObject({ code: "unavailable", message: expect.stringContaining("seats") });
});
