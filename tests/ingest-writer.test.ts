import { mkdir, readdir, rm } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { sql } from "@/server/event-store/sql";
import { EventWriter } from "@/server/ingest/event-writer";
import { keep } from "@/server/ingest/kept-message";
import { openTestEventStore, type TestEventStore } from "./support/event-store";
import { testMessages } from "./support/messages";

const storedRow = z.strictObject({ messageId: z.string(), profile: z.int(), arrival: z.int() });

describe("the event writer", () => {
  let eventStore: TestEventStore;
  let writer: EventWriter;
  const failures: unknown[] = [];

  async function open(): Promise<void> {
    writer = new EventWriter({
      eventStore,
      directory: eventStore.logDirectory,
      now: () => Date.now(),
      onError: (error) => failures.push(error),
    });
    await writer.open();
  }
  beforeEach(async () => {
    eventStore = await openTestEventStore();
    failures.length = 0;
    await open();
  });
  afterEach(async () => {
    await writer.close();
    await eventStore.close();
  });

  const stored = async () => {
    await writer.settled();
    return eventStore.query(
      sql`SELECT message_id AS messageId, profile, arrival FROM messages ORDER BY arrival`,
      storedRow,
    );
  };
  const write = async (source: string, ...raw: object[]) =>
    (await writer.write({ source, messages: testMessages(...raw), rejections: [] })).map(({ fresh }) => fresh);
  const track = (messageId: string, userId = "u") => ({ type: "track", event: "E", userId, messageId });

  test("what is written is seen at once, in the order in which it came", async () => {
    expect(await write("s", track("a"), track("b"), track("c", "v"))).toEqual([true, true, true]);
    const rows = await stored();
    expect(rows.map(({ messageId }) => messageId)).toEqual(["a", "b", "c"]);
    expect(rows[0]?.profile).toBe(rows[1]?.profile);
    expect(rows[2]?.profile).not.toBe(rows[0]?.profile);
  });

  test("a messageId counts once within its source: in one delivery, in one insert, later, and after a restart", async () => {
    const together = await Promise.all([write("s", track("a"), track("a")), write("s", track("a"), track("b"))]);
    expect(together).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(await write("s", track("b"), track("c"))).toEqual([false, true]);
    await writer.close();
    await open();
    expect(await write("s", track("c"), track("d"))).toEqual([false, true]);
    expect((await stored()).map(({ messageId }) => messageId)).toEqual(["a", "b", "c", "d"]);
  });

  test("each message is answered with its person, and one that was sent before with none", async () => {
    const raw = [track("a"), track("b", "v"), track("a")];
    const verdicts = await writer.write({ source: "s", messages: testMessages(...raw), rejections: [] });
    const rows = await stored();
    expect(verdicts).toEqual([
      { fresh: true, profile: rows[0]?.profile },
      { fresh: true, profile: rows[1]?.profile },
      { fresh: false, profile: null },
    ]);
  });

  test("another source may use the same messageId", async () => {
    await write("s", track("a"));
    expect(await write("t", track("a"))).toEqual([true]);
  });

  test("numbers of people and of arrivals go on after a restart", async () => {
    await write("s", track("a", "u"));
    await writer.close();
    await open();
    await write("s", track("b", "v"), track("c", "u"));
    const [a, b, c] = await stored();
    expect(c?.profile).toBe(a?.profile);
    expect(b?.profile).not.toBe(a?.profile);
    expect(new Set([a?.arrival, b?.arrival, c?.arrival]).size).toBe(3);
  });

  test("messages of two hundred months fit into one insert, and the oldest moments arrive exactly", async () => {
    const months = Array.from({ length: 200 }, (_, index) => new Date(Date.UTC(1970, index * 3, 2, 3, 4, 5, 6)));
    await write("s", ...months.map((at, index) => ({ ...track(`m${index}`), timestamp: at.toISOString() })));
    await writer.settled();
    const rows = await eventStore.query(
      sql`SELECT timestamp FROM messages ORDER BY arrival`,
      z.strictObject({ timestamp: z.string() }),
    );
    expect(rows.map(({ timestamp }) => timestamp)).toEqual(months.map((at) => at.toISOString()));
  });

  test("what a failing store cannot take is kept, is known, is told to who reads, and is stored when it can be", async () => {
    await write("s", track("0"));
    await writer.settled();
    await eventStore.command(sql`RENAME TABLE messages TO elsewhere`);
    const identify = { type: "identify", userId: "u", traits: { plan: "trial" }, messageId: "a" };
    expect(await Promise.all([write("s", identify), write("s", track("b"))])).toEqual([[true], [true]]);
    await expect(writer.settled()).rejects.toMatchObject({ code: "unavailable" });
    expect(await write("s", identify, track("c"))).toEqual([false, true]);
    await eventStore.command(sql`RENAME TABLE elsewhere TO messages`);
    expect((await stored()).map(({ messageId }) => messageId)).toEqual(["0", "a", "b", "c"]);
    const traits = await eventStore.query(
      sql`SELECT DISTINCT trait, value FROM trait_changes`,
      z.strictObject({ trait: z.string(), value: z.string() }),
    );
    expect(traits).toEqual([{ trait: "plan", value: '"trial"' }]);
  });

  test("what cannot be written to the disk is not acknowledged, and sending it again stores it once", async () => {
    await write("s", track("a"));
    await writer.settled();
    await rm(eventStore.logDirectory, { recursive: true });
    const sent = await Promise.allSettled([write("s", track("b"), track("c", "v")), write("s", track("d"))]);
    expect(sent.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(failures).toHaveLength(1);
    await mkdir(eventStore.logDirectory);
    expect(await Promise.all([write("s", track("b"), track("c", "v")), write("s", track("d"))])).toEqual([
      [true, true],
      [true],
    ]);
    const rows = await stored();
    expect(rows.map(({ messageId }) => messageId)).toEqual(["a", "b", "c", "d"]);
    expect(new Set(rows.map(({ profile }) => profile)).size).toBe(2);
  });

  test("a failure to derive is answered to who reads, and what was stored is derived when it can be", async () => {
    await writer.settled();
    await eventStore.command(sql`RENAME TABLE trait_changes TO elsewhere`);
    const identify = { type: "identify", userId: "u", traits: { plan: "trial" }, messageId: "a" };
    expect(await write("s", identify)).toEqual([true]);
    await expect(writer.settled()).rejects.toMatchObject({ code: "unavailable" });
    // Not in the table of ids yet, and known all the same.
    expect(await write("s", identify, track("b"))).toEqual([false, true]);
    await eventStore.command(sql`RENAME TABLE elsewhere TO trait_changes`);
    await writer.settled();
    const derived = await eventStore.query(
      sql`SELECT trait, value, (SELECT uniqExact(hash) FROM message_ids) AS ids FROM trait_changes LIMIT 1 BY trait`,
      z.strictObject({ trait: z.string(), value: z.string(), ids: z.int() }),
    );
    expect(derived).toEqual([{ trait: "plan", value: '"trial"', ids: 2 }]);
  });

  test("closing stores what was taken and takes nothing more", async () => {
    const taken = write("s", track("a"));
    await writer.close();
    expect(await taken).toEqual([true]);
    await expect(write("s", track("b"))).rejects.toMatchObject({ code: "unavailable" });
    expect(await stored()).toHaveLength(1);
    expect(await readdir(eventStore.logDirectory)).toEqual([]);
  });

  test("refusals are recorded with their reason", async () => {
    const why = { verdict: "refused", code: "missing_id", message: "no id", receivedAt: 1_700_000_000_000 } as const;
    const kept = keep({ ...why, raw: { type: "track" }, around: {}, importId: "i", line: 7 });
    await writer.write({ source: "s", messages: [], rejections: [kept] });
    await writer.settled();
    const rows = await eventStore.query(
      sql`SELECT source, import_id, line, code FROM kept_messages`,
      z.record(z.string(), z.unknown()),
    );
    expect(rows).toEqual([{ source: "s", import_id: "i", line: 7, code: "missing_id" }]);
  });
});
