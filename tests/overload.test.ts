import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { createSource, getSource } from "@/core/api/sources";
import type { EventStore } from "@/server/event-store/event-store";
import { sql } from "@/server/event-store/sql";
import { EventWriter } from "@/server/ingest/event-writer";
import { openTestEventStore, type TestEventStore } from "./support/event-store";
import { type ListeningApp, openListeningApp } from "./support/listening-app";
import { testMessages } from "./support/messages";

const padding = "x".repeat(1_500);

describe("more than fits into memory", () => {
  let server: ListeningApp;
  beforeAll(async () => {
    server = await openListeningApp({ waitingBytes: 2 * 1024 * 1024 });
  });
  afterAll(() => server.close());

  test("is told at once to come again, and is all there once when it has", async () => {
    const { body } = await server.app.call("POST", "/api/sources", { name: "Flood" });
    const { id, writeKey } = createSource.answer.parse(body);
    const authorization = `Basic ${btoa(`${writeKey}:`)}`;
    const statuses: number[] = [];

    /** As an SDK does: the same again until it is taken. */
    async function deliver(turn: number): Promise<void> {
      const batch = Array.from({ length: 200 }, (_, n) => ({
        type: "track",
        userId: `u${n}`,
        event: "Flooded",
        messageId: `${turn}-${n}`,
        properties: { padding },
      }));
      for (;;) {
        const answer = await fetch(`${server.host}/v1/batch`, {
          method: "POST",
          headers: { authorization },
          body: JSON.stringify({ batch }),
        });
        await answer.text();
        statuses.push(answer.status);
        if (answer.status === 200) return;
        expect(answer.headers.get("retry-after")).toBe("1");
        await sleep(200 + 20 * turn);
      }
    }
    await Promise.all(Array.from({ length: 40 }, (_, turn) => deliver(turn)));
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    const read = await server.app.call("GET", `/api/sources/${id}`);
    expect(getSource.answer.parse(read.body)).toMatchObject({ messages: 8_000, rejections: [] });
  });
});

describe("a store that takes nothing", () => {
  let eventStore: TestEventStore;
  beforeAll(async () => {
    eventStore = await openTestEventStore();
  });
  afterAll(() => eventStore.close());

  test("leaves as many bytes waiting as are allowed, no more are acknowledged, and all that were are stored in the end", async () => {
    let works = true;
    const failing: EventStore = {
      ...eventStore,
      insert: (table, rows) =>
        works || rows.length === 0 ? eventStore.insert(table, rows) : Promise.reject(new Error("No space left")),
      insertLines: (table, lines, rows) =>
        works ? eventStore.insertLines(table, lines, rows) : Promise.reject(new Error("No space left")),
    };
    const maxBacklogBytes = 4 * 1024 * 1024;
    const writer = new EventWriter({
      eventStore: failing,
      directory: eventStore.logDirectory,
      maxBacklogBytes,
      now: () => Date.now(),
      onError: () => undefined,
    });
    await writer.open();
    const messageOf = (n: number) => ({
      type: "track",
      anonymousId: "a",
      event: "E",
      messageId: `m${n}`,
      properties: { padding },
    });
    await writer.write({ source: "s", messages: testMessages(messageOf(0)), rejections: [] });
    await writer.settled();
    works = false;
    const acknowledged = [0];
    let refused: unknown;
    for (let n = 1; refused === undefined && n < 20_000; n += 100) {
      const numbers = Array.from({ length: 100 }, (_, index) => n + index);
      await writer.write({ source: "s", messages: testMessages(...numbers.map(messageOf)), rejections: [] }).then(
        () => acknowledged.push(...numbers),
        (error: unknown) => {
          refused = error;
        },
      );
    }
    expect(refused).toMatchObject({ code: "unavailable" });
    expect(acknowledged.length).toBeGreaterThan(maxBacklogBytes / 4_000);
    expect(acknowledged.length).toBeLessThan(maxBacklogBytes / padding.length + 200);
    works = true;
    await writer.settled();
    await writer.close();
    const stored = await eventStore.query(
      sql`SELECT message_id AS id FROM messages`,
      z.strictObject({ id: z.string() }),
    );
    expect(stored.map(({ id }) => id).toSorted()).toEqual(acknowledged.map((n) => `m${n}`).toSorted());
  });
});
