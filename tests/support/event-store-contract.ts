import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { EventStoreError } from "@/server/event-store/event-store";
import { param, type Sql, sql } from "@/server/event-store/sql";
import type { TestEventStore } from "./event-store";

const one = z.strictObject({ x: z.int() });
const endless = sql`SELECT sum(sipHash64(number)) AS x FROM numbers_mt(20000000000)`;
const failsHalfWay = sql`SELECT number AS x, throwIf(number = 150000) AS y FROM numbers(200000)`;

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** What every event store promises, whichever way it reaches the engine. */
export function describeEventStore(name: string, open: () => Promise<TestEventStore>): void {
  describe(name, () => {
    let eventStore: TestEventStore;
    beforeAll(async () => {
      eventStore = await open();
      await eventStore.command(
        sql`CREATE TABLE rows_of_test (a UInt32, at DateTime64(3, 'UTC'), text String) ENGINE = MergeTree PARTITION BY toYYYYMM(at) ORDER BY a`,
      );
    });
    afterAll(() => eventStore.close());

    async function value<Value>(expression: Sql, schema: z.ZodType<Value>): Promise<Value> {
      const rows = await eventStore.query(sql`SELECT ${expression} AS value`, z.strictObject({ value: schema }));
      const row = rows[0];
      if (row === undefined) throw new Error("no row");
      return row.value;
    }

    test("any text arrives as it is, alone and in a list", async () => {
      const hostile = [
        "",
        "'",
        "\\",
        "\\'",
        "'; DROP TABLE messages; --",
        "{p0:String}",
        "a\0b",
        "\n\r\t\b\f\v",
        "😀é\u2028",
        "%_*",
        "\\N",
        "NULL",
      ];
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: "binary" }))),
          async (texts) => {
            expect(await value(sql`${param.strings(texts)}`, z.array(z.string()))).toEqual(texts);
            const text = texts.join("");
            expect(await value(sql`${param.string(text)}`, z.string())).toBe(text);
            expect(await value(sql`length(${param.string(text)})`, z.int())).toBe(Buffer.byteLength(text));
          },
        ),
        { numRuns: 60, examples: [[hostile], [[]]] },
      );
    });

    test("numbers arrive bit by bit", async () => {
      await fc.assert(
        fc.asyncProperty(fc.double({ noNaN: true, noDefaultInfinity: true }), async (number) => {
          expect(await value(sql`${param.float64(number)}`, z.number())).toBe(number);
        }),
        { numRuns: 60, examples: [[0.1], [0.3], [1e-7], [1.7976931348623157e308], [5e-324], [-0]] },
      );
    });

    test("whole numbers and moments arrive whole", async () => {
      for (const number of [0n, 1n, 2n ** 53n + 1n, 2n ** 64n - 1n]) {
        expect(await value(sql`toString(${param.uint64(number)})`, z.string())).toBe(String(number));
      }
      for (const number of [-(2n ** 63n), -1n, 2n ** 63n - 1n]) {
        expect(await value(sql`toString(${param.int64(number)})`, z.string())).toBe(String(number));
      }
      expect(await value(sql`${param.uint32s([0, 1, 4_294_967_295])}`, z.array(z.int()))).toEqual([
        0, 1, 4_294_967_295,
      ]);
      expect(await value(sql`${param.uint32s([])}`, z.array(z.int()))).toEqual([]);
      const many = Array.from({ length: 100_000 }, (_, index) => index);
      expect(await value(sql`arraySum(${param.uint32s(many)})`, z.int())).toBe(4_999_950_000);
      const type = sql`toTypeName(${param.moment(0)})`;
      expect(await value(type, z.string())).toBe("DateTime64(3, 'UTC')");
      for (const moment of [0, 1, -1, 1_600_000_000_123, 253_402_300_799_999]) {
        expect(await value(sql`${param.moment(moment)}`, z.string())).toBe(new Date(moment).toISOString());
      }
    });

    test("rows are inserted as they are, across months, and read back", async () => {
      const rows = Array.from({ length: 500 }, (_, index) => ({
        a: index,
        at: index * 86_400_000 * 3 + 7,
        text: `'${index}\\ "\n😀`,
      }));
      await eventStore.insert("rows_of_test", rows);
      const back = await eventStore.query(
        sql`SELECT a, toUnixTimestamp64Milli(at) AS at, text FROM rows_of_test ORDER BY a`,
        z.strictObject({ a: z.int(), at: z.int(), text: z.string() }),
      );
      expect(back).toEqual(rows);
      await eventStore.insert("rows_of_test", []);
      await eventStore.insert("rows_of_test", [{ a: 1_000, at: 0, text: "half \ud800 of a pair" }]);
      expect(
        await eventStore.query(sql`SELECT text FROM rows_of_test WHERE a = 1000`, z.strictObject({ text: z.string() })),
      ).toEqual([{ text: "half \ufffd of a pair" }]);
    });

    test("an insert that does not fit is refused whole", async () => {
      await expect(
        eventStore.insert("rows_of_test", [
          { a: 5_000, at: 0, text: "" },
          { a: "x", at: 0, text: "" },
        ]),
      ).rejects.toThrow(EventStoreError);
      await expect(eventStore.insert("rows_of_test", [{ a: 5_000, at: 0, text: "", unknown: 1 }])).rejects.toThrow(
        EventStoreError,
      );
      expect(await eventStore.query(sql`SELECT count() AS x FROM rows_of_test WHERE a = 5000`, one)).toEqual([
        { x: 0 },
      ]);
    });

    test("a stream gives every row once, and one that is left early stops", async () => {
      let count = 0;
      let sum = 0;
      for await (const rows of eventStore.stream(sql`SELECT number AS x FROM numbers(300000)`, one)) {
        count += rows.length;
        for (const row of rows) sum += row.x;
      }
      expect([count, sum]).toEqual([300_000, (300_000 * 299_999) / 2]);
      for await (const rows of eventStore.stream(sql`SELECT number AS x FROM numbers(3000000)`, one)) {
        expect(rows.length).toBeGreaterThan(0);
        break;
      }
      expect(await eventStore.query(sql`SELECT 1 AS x`, one)).toEqual([{ x: 1 }]);
    });

    test("columns arrive in blocks, whatever their number and type", async () => {
      const blocks = await eventStore.blocks(
        sql`SELECT toUInt32(number) AS a, toUInt64(number * 1000003) AS b, toUInt16(number) AS c,
          toUInt8(number) AS d, number / 8 AS e, if(number % 3 = 0, '', concat('é', ${param.string("\0'\\")}, toString(number))) AS f,
          arrayMap(i -> toUInt32(i), range(number % 4)) AS g,
          arrayMap(i -> toUInt8(i), range(number % 5)) AS h FROM numbers(150000) ORDER BY number`,
      );
      const rows = blocks.flatMap((block) =>
        Array.from({ length: block.rows }, (_, row) => [
          block.view("a", "UInt32").getUint32(row * 4, true),
          Number(block.view("b", "UInt64").getBigUint64(row * 8, true)),
          block.view("c", "UInt16").getUint16(row * 2, true),
          block.view("d", "UInt8").getUint8(row),
          block.view("e", "Float64").getFloat64(row * 8, true),
          block.texts("f").at(row),
          [...(block.lists("g")[row] ?? [])],
          [...(block.byteLists("h")[row] ?? [])],
        ]),
      );
      expect(() => blocks[0]?.view("a", "UInt64")).toThrow();
      const expected = Array.from({ length: 150_000 }, (_, n) => {
        const text = n % 3 === 0 ? "" : `é\0'\\${n}`;
        const upTo = (end: number) => Array.from({ length: end }, (_, i) => i);
        return [n, n * 1_000_003, n % 65_536, n % 256, n / 8, text, upTo(n % 4), upTo(n % 5)];
      });
      expect(rows).toEqual(expected);
    });

    test("blocks of any size arrive as they are made, in the order in which they are stored", async () => {
      const seen: number[] = [];
      const statement = sql`SELECT toUInt32(number) AS a FROM numbers(${param.uint64(300_000)})`;
      for await (const blocks of eventStore.blockStream(statement, { settings: { max_threads: 1 } })) {
        for (const block of blocks) {
          const column = block.view("a", "UInt32");
          for (let row = 0; row < block.rows; row += 1) seen.push(column.getUint32(row * 4, true));
        }
      }
      expect(seen).toEqual(Array.from({ length: 300_000 }, (_, number) => number));
      const broken = async () => {
        for await (const _ of eventStore.blockStream(failsHalfWay));
      };
      await expect(broken()).rejects.toBeInstanceOf(EventStoreError);
    });

    test("bytes come in the format asked for", async () => {
      const pieces: Uint8Array[] = [];
      for await (const piece of eventStore.streamBytes(sql`SELECT 'a"b' AS x, 1 AS y`, "CSVWithNames"))
        pieces.push(piece);
      expect(Buffer.concat(pieces).toString()).toBe('"x","y"\n"a""b",1\n');
    });

    test("after a failure half way through its output the next fifty queries answer for themselves", async () => {
      for (let round = 0; round < 3; round += 1) {
        await expect(eventStore.query(failsHalfWay, z.looseObject({}))).rejects.toThrow(EventStoreError);
        await expect(async () => {
          for await (const rows of eventStore.stream(failsHalfWay, z.looseObject({})))
            expect(rows.length).toBeGreaterThan(0);
        }).rejects.toThrow(EventStoreError);
      }
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) => eventStore.query(sql`SELECT ${param.uint32(index)} AS x`, one)),
      );
      expect(answers).toEqual(Array.from({ length: 50 }, (_, index) => [{ x: index }]));
    });

    test("a cancelled query is answered at once and stops in the engine", async () => {
      const controller = new AbortController();
      const query = eventStore.query(endless, one, { signal: controller.signal });
      setTimeout(() => controller.abort(), 100);
      await expect(query).rejects.toMatchObject({ code: "cancelled" });
      await expect
        .poll(async () => {
          const running = sql`SELECT count() AS x FROM system.processes WHERE query LIKE '%sipHash64%' AND query NOT LIKE '%system.processes%'`;
          return eventStore.query(running, one);
        })
        .toEqual([{ x: 0 }]);
      expect(await eventStore.query(sql`SELECT 2 AS x`, one)).toEqual([{ x: 2 }]);
      await expect(eventStore.query(sql`SELECT 1 AS x`, one, { signal: controller.signal })).rejects.toMatchObject({
        code: "cancelled",
      });
    });

    test("a short query does not wait for long ones", async () => {
      const controller = new AbortController();
      const options = { signal: controller.signal, heavy: true };
      const long = Array.from({ length: 5 }, () => eventStore.query(endless, one, options).catch(() => undefined));
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await elapsed(() => eventStore.query(sql`SELECT 1 AS x`, one))).toBeLessThan(1_000);
      controller.abort();
      await Promise.all(long);
    });

    test("a query over its time says timed_out", async () => {
      await expect(eventStore.query(endless, one, { timeoutSeconds: 1 })).rejects.toMatchObject({ code: "timed_out" });
      expect(await eventStore.query(sql`SELECT 3 AS x`, one)).toEqual([{ x: 3 }]);
    });

    test("a query over its memory says what to do", async () => {
      const greedy = sql`SELECT length(groupArray(number)) AS x FROM numbers_mt(900000000)`;
      await expect(eventStore.query(greedy, one, { settings: { max_memory_usage: 50_000_000 } })).rejects.toMatchObject(
        {
          code: "unavailable",
          message: expect.stringContaining("memory"),
        },
      );
      expect(await eventStore.query(sql`SELECT 4 AS x`, one)).toEqual([{ x: 4 }]);
    });

    test("a defect of the statement is an EventStoreError with the engine's number", async () => {
      await expect(eventStore.query(sql`SELECT nothing`, one)).rejects.toMatchObject({
        name: "EventStoreError",
        engineCode: 47,
      });
      await expect(eventStore.command(sql`CREATE TABEL x`)).rejects.toMatchObject({ engineCode: 62 });
    });

    test("a setting of one query is not there in the next", async () => {
      const threads = sql`SELECT toString(getSetting('max_threads')) AS value`;
      const schema = z.strictObject({ value: z.string() });
      const usual = await eventStore.query(threads, schema);
      expect(await eventStore.query(threads, schema, { settings: { max_threads: 7 } })).toEqual([{ value: "7" }]);
      for (let round = 0; round < 5; round += 1) expect(await eventStore.query(threads, schema)).toEqual(usual);
    });
  });
}
