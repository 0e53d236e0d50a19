import { gzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { importRun } from "@/core/api/imports";
import { param, sql } from "@/server/event-store/sql";
import { ImportRunner } from "@/server/imports/import-runner";
import { openTestApp, type TestApp } from "./support/app";
import { testToken } from "./support/services";

const storedRow = z.strictObject({
  type: z.string(),
  event: z.string(),
  userId: z.string(),
  timestamp: z.string(),
  properties: z.string(),
});

describe("importing a file", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openTestApp();
  });
  afterAll(() => app.close());

  async function post(body: BodyInit, query: Record<string, string>, headers: Record<string, string> = {}) {
    const response = await app.fetch(`/api/imports?${new URLSearchParams(query)}`, {
      method: "POST",
      body,
      headers: { authorization: `Bearer ${testToken}`, ...headers },
    });
    return { status: response.status, body: await response.json() };
  }
  async function ended(id: string): Promise<z.infer<typeof importRun>> {
    for (;;) {
      const run = importRun.parse((await app.call("GET", `/api/imports/${id}`)).body);
      expect(run.accepted + run.duplicates + run.rejected).toBe(run.read);
      if (run.status !== "running") return run;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  async function bringIn(body: BodyInit, query: Record<string, string> = {}, headers: Record<string, string> = {}) {
    const { status, body: run } = await post(body, query, headers);
    expect(status, JSON.stringify(run)).toBe(202);
    return ended(importRun.parse(run).id);
  }
  const stored = (prefix: string) =>
    app.services.eventStore.query(
      sql`SELECT type, event, user_id AS userId, timestamp, properties FROM messages
        WHERE startsWith(user_id, ${param.string(prefix)}) ORDER BY arrival`,
      storedRow,
    );
  const ndjson = (...lines: unknown[]) =>
    lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("");
  const track = (userId: string, more: object = {}) => ({ type: "track", event: "E", userId, ...more });

  test("NDJSON: messages and batches, in the order of the file; what cannot be taken is told by its line", async () => {
    const run = await bringIn(
      ndjson(
        track("n1", { timestamp: "2015-01-01T00:00:00Z", sentAt: "2015-01-01T00:00:09Z" }),
        "",
        "not json",
        { batch: [track("n2"), { type: "track", event: "E" }, track("n3")], context: { app: { name: "x" } } },
        track("n4", { timestamp: "2031-01-01T00:00:00Z" }),
        track("n5", { timestamp: "never" }),
      ),
      { fileName: "history.ndjson" },
    );
    expect(run).toMatchObject({ status: "done", format: "ndjson", read: 7, accepted: 4, duplicates: 0, rejected: 3 });
    expect(run.bytesRead).toBe(run.bytesTotal);
    expect(run.errors.map(({ line, code }) => [line, code])).toEqual([
      [3, "invalid_json"],
      [4, "missing_id"],
      [6, "invalid_timestamp"],
    ]);
    const rows = await stored("n");
    expect(rows.map(({ userId }) => userId)).toEqual(["n1", "n2", "n3", "n4"]);
    expect([rows[0]?.timestamp, rows[3]?.timestamp]).toEqual(["2015-01-01T00:00:00.000Z", "2031-01-01T00:00:00.000Z"]);
  });

  test("the same file again changes nothing, packed or not; the same line in another file is another message", async () => {
    const file = ndjson(
      track("same-1"),
      track("same-1"),
      { batch: [track("same-2"), track("same-2")] },
      track("same-3", { messageId: "own" }),
    );
    expect(await bringIn(file)).toMatchObject({ accepted: 5, duplicates: 0 });
    expect(await bringIn(file)).toMatchObject({ accepted: 0, duplicates: 5 });
    expect(await bringIn(gzipSync(file))).toMatchObject({ accepted: 0, duplicates: 5 });
    expect(await stored("same-")).toHaveLength(5);
    expect(await bringIn(ndjson(track("same-1"), track("else")))).toMatchObject({ accepted: 2, duplicates: 0 });
  });

  test.each([
    ["a packed file", (text: string) => gzipSync(text), { fileName: "x.ndjson.gz" }, {}],
    ["sent packed", (text: string) => gzipSync(text), {}, { "content-encoding": "gzip" }],
    [
      "a packed file, sent packed",
      (text: string) => gzipSync(gzipSync(text)),
      { fileName: "x.gz" },
      { "content-encoding": "gzip" },
    ],
    ["without a last line break", (text: string) => text.trimEnd(), {}, {}],
    [
      "with a byte order mark and Windows line ends",
      (text: string) => `\uFEFF${text.replaceAll("\n", "\r\n")}`,
      {},
      {},
    ],
  ])("%s", async (name, encode, query, headers) => {
    const run = await bringIn(encode(ndjson(track(`${name}-1`), track(`${name}-2`))), query, headers);
    expect(run).toMatchObject({ status: "done", accepted: 2, rejected: 0 });
  });

  test("CSV by the names of its columns: events where they are named, else what is known of a person", async () => {
    const csv = [
      "User ID,event,timestamp,plan,seats,code,active,note",
      'c1,Account Created,2026-01-02,trial,3,007,TRUE,"a ""quoted"", text"',
      'c2,,2026-01-03T04:05:06Z,team,4.50,,false,"two\nlines"',
      ",Account Created,2026-01-02,trial,,,,",
      "c3,Account Created,2026-01-02,trial,1,2,true,x,y,z",
    ].join("\r\n");
    const run = await bringIn(csv, { fileName: "people.csv" });
    expect(run).toMatchObject({ status: "done", format: "csv", read: 4, accepted: 2, rejected: 2 });
    expect(run.errors.map(({ line, code }) => [line, code])).toEqual([
      [5, "missing_id"],
      [6, "invalid_csv"],
    ]);
    expect((await stored("c")).map((row) => ({ ...row, properties: JSON.parse(row.properties) }))).toEqual([
      {
        type: "track",
        event: "Account Created",
        userId: "c1",
        timestamp: "2026-01-02T00:00:00.000Z",
        properties: { plan: "trial", seats: 3, code: "007", active: true, note: 'a "quoted", text' },
      },
      {
        type: "identify",
        event: "",
        userId: "c2",
        timestamp: "2026-01-03T04:05:06.000Z",
        properties: { plan: "team", seats: 4.5, active: false, note: "two\nlines" },
      },
    ]);
    expect(await bringIn(csv, { fileName: "people.csv" })).toMatchObject({ accepted: 0, duplicates: 2 });
  });

  test("CSV by a mapping; another mapping of the same file is another import", async () => {
    const csv = "who,when,what,secret\nm1,1700000000,Login,s\n";
    const by = (mapping: object) => bringIn(csv, { format: "csv", mapping: JSON.stringify(mapping) });
    const mapping = { userId: "who", timestamp: "when", rest: "properties", ignore: ["secret"] };
    expect(await by({ ...mapping, eventName: "Row" })).toMatchObject({ accepted: 1 });
    expect(await by({ ...mapping, event: "what" })).toMatchObject({ accepted: 1 });
    expect((await stored("m1")).map(({ event, timestamp, properties }) => [event, timestamp, properties])).toEqual([
      ["Row", "2023-11-14T22:13:20.000Z", '{"what":"Login"}'],
      ["Login", "2023-11-14T22:13:20.000Z", "{}"],
    ]);
  });

  test.each([
    [
      "a column that is not there",
      "a,b\n1,2\n",
      { format: "csv", mapping: '{"userId":"id","rest":"traits"}' },
      400,
      "mapping.userId",
    ],
    ["no column for a person", "a,b\n1,2\n", { format: "csv" }, 400, "mapping.userId"],
    [
      "traits of an event",
      "a,b\n1,2\n",
      { format: "csv", mapping: '{"userId":"a","event":"b","rest":"traits"}' },
      400,
      "mapping.rest",
    ],
    ["a mapping that is no JSON", "a,b\n1,2\n", { format: "csv", mapping: "{" }, 400, "mapping"],
    ["a mapping for NDJSON", "{}", { format: "ndjson", mapping: '{"userId":"a","rest":"traits"}' }, 400, "mapping"],
    ["no names of columns", "", { format: "csv" }, 400, undefined],
    ["two columns of one name", "userId,a,a\n", { format: "csv" }, 400, undefined],
    ["damaged gzip", gzipSync("userId,a\n").subarray(0, 12), { format: "csv" }, 400, undefined],
    ["a format that is not known", "{}", { format: "xml" }, 400, "format"],
    ["a source that is not there", "{}", { sourceId: "nobody" }, 404, "sourceId"],
  ])("%s is refused at once, and no import begins", async (_, body, query, status, path) => {
    const before = await app.services.metadata.import.count();
    const answer = await post(body, query);
    expect(answer).toMatchObject({ status, body: { error: { message: expect.any(String) } } });
    expect(answer.body.error.path).toBe(path);
    expect(await app.services.metadata.import.count()).toBe(before);
  });

  test("a file that is cut off fails with the reason, and what came before it stays", async () => {
    const whole = gzipSync(
      ndjson(...Array.from({ length: 60_000 }, (_, n) => track(`cut-${n}`, { properties: { n: `${Math.sin(n)}` } }))),
    );
    const run = await bringIn(whole.subarray(0, whole.length - 200_000), { fileName: "cut.ndjson.gz" });
    expect(run).toMatchObject({ status: "failed", failure: expect.stringContaining("damaged") });
    expect(run.accepted).toBeGreaterThan(0);
    expect(await stored("cut-")).toHaveLength(run.accepted);
  });

  test("refused lines come as a file that no spreadsheet runs", async () => {
    const run = await bringIn(ndjson('=cmd|"/c calc"', { type: "track" }), { format: "ndjson" });
    const response = await app.fetch(`/api/imports/${run.id}/refused.csv`, {
      headers: { authorization: `Bearer ${testToken}` },
    });
    expect(response.headers.get("content-type")).toContain("text/csv");
    const rows = parse(await response.text(), { columns: true });
    expect(rows).toEqual([
      { line: "1", code: "invalid_json", message: expect.any(String), raw: `'=cmd|"/c calc"` },
      { line: "2", code: "missing_id", message: expect.any(String), raw: '{"type":"track"}' },
    ]);
  });

  const many = () =>
    ndjson(...Array.from({ length: 45_000 }, (_, n) => track(`many-${n}`, { timestamp: "2026-01-01T00:00:00Z" })));

  test("an import can be stopped; what was accepted stays, and it is listed first", async () => {
    const { body } = await post(many(), { fileName: "stopped.ndjson" });
    const { id } = importRun.parse(body);
    const stopped = importRun.parse((await app.call("POST", `/api/imports/${id}/cancel`)).body);
    expect(stopped.status).toBe("cancelled");
    expect(await stored("many-")).toHaveLength(stopped.accepted);
    expect(stopped.accepted).toBeLessThan(45_000);
    const again = importRun.parse((await app.call("POST", `/api/imports/${id}/cancel`)).body);
    expect(again).toEqual(stopped);
    const list = z.object({ items: z.array(importRun) }).parse((await app.call("GET", "/api/imports?limit=1")).body);
    expect(list.items.map((run) => run.id)).toEqual([id]);
  });

  test("a process that ends leaves the rest to the next one", async () => {
    const { body } = await post(many(), { fileName: "resumed.ndjson" });
    const { id } = importRun.parse(body);
    while (importRun.parse((await app.call("GET", `/api/imports/${id}`)).body).read === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await app.services.imports.close();
    const halted = importRun.parse((await app.call("GET", `/api/imports/${id}`)).body);
    expect(halted.status).toBe("running");
    expect(halted.read).toBeLessThan(45_000);
    const next = new ImportRunner(app.services);
    await next.resume();
    const run = await ended(id);
    expect(run).toMatchObject({ status: "done", read: 45_000, rejected: 0, bytesRead: run.bytesTotal });
    expect(await stored("many-")).toHaveLength(45_000);
    await next.close();
  });
});
