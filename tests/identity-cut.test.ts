import { fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import type { EventStore } from "@/server/event-store/event-store";
import { sql } from "@/server/event-store/sql";
import { storedMoment } from "@/server/event-store/stored-moment";
import { erasePerson } from "@/server/ingest/erase-person";
import { EventWriter } from "@/server/ingest/event-writer";
import { changeByHand, finishDeletion } from "@/server/ingest/hand-changes";
import { ownerOf } from "@/server/ingest/person-identifiers";
import { cutAfter } from "./support/cut-store";
import { openFirstStore, type TestEventStore } from "./support/event-store";
import { testMessages } from "./support/messages";
import { faultsOf } from "./support/torn-state";

const one = { kind: "user", id: "u1" } as const;
const other = { kind: "user", id: "u2" } as const;

let dataDir: string;
let eventStore: TestEventStore;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "foothold-identity-"));
  await reopen();
  const writer = await writerOn(eventStore);
  const sent = Array.from({ length: 40 }, (_, index) => ({
    type: index % 3 === 0 ? "identify" : "track",
    event: "E",
    traits: { n: index },
    messageId: `m${index}`,
    userId: index % 2 === 0 ? "u1" : "u2",
    anonymousId: index % 2 === 0 ? "a1" : "a2",
    timestamp: new Date(Date.UTC(2026, index % 5, 2)).toISOString(),
  }));
  await writer.write({ source: "s", messages: testMessages(...sent), rejections: [] });
  await writer.close();
});
afterAll(async () => {
  await eventStore.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function reopen(): Promise<void> {
  eventStore = await openFirstStore({ dataDir });
}
async function writerOn(store: EventStore): Promise<EventWriter> {
  const directory = eventStore.logDirectory;
  const writer = new EventWriter({ eventStore: store, directory, now: () => Date.now(), onError: () => undefined });
  await writer.open();
  return writer;
}
const change = (
  writer: EventWriter,
  action: "joined" | "undone",
  cut: (store: EventStore) => EventStore = (it) => it,
) =>
  writer.changePeople(({ eventStore: tables, seq, at, nextProfile }) =>
    changeByHand(cut(tables), { seq, at, action, one, other }, "test", nextProfile),
  );
async function isJoined(): Promise<boolean> {
  return (await ownerOf(eventStore, one)) === (await ownerOf(eventStore, other));
}
/** Nothing is lost, nothing is there twice, and all that derives from messages says the same. */
async function expectWhole(messages: number): Promise<void> {
  expect(await faultsOf(eventStore)).toEqual([]);
  const [row] = await eventStore.query(
    sql`SELECT count() AS count FROM messages WHERE profile NOT IN (SELECT profile FROM profile_merges)`,
    z.strictObject({ count: z.int() }),
  );
  expect(row?.count).toBe(messages);
}

test("a join or a parting by hand that is cut off after any write is done or undone as a whole", {
  timeout: 180_000,
}, async () => {
  for (const action of ["joined", "undone"] as const) {
    let writes = 0;
    for (let isCut = true; isCut; writes++) {
      const dying = await writerOn(eventStore);
      isCut = await change(dying, action, (store) => cutAfter(store, writes)).then(
        () => false,
        () => true,
      );
      await dying.close();
      const after = await writerOn(eventStore);
      await after.exclusively(async () => undefined);
      await expectWhole(40);
      // Logged is decided: only before the first write has nothing happened.
      expect(await isJoined(), `${action} after ${writes} writes`).toBe(
        writes === 0 && isCut ? action === "undone" : action === "joined",
      );
      if (isCut && writes > 0) await change(after, action === "joined" ? "undone" : "joined");
      await after.close();
      if (!isCut) break;
    }
    // The log, the number that dies, the identifiers, the history, what derives from it, and that it is done.
    expect(writes, action).toBeGreaterThan(4);
  }
});

test("kill -9 in the middle of joins and partings leaves nothing torn", { timeout: 180_000 }, async () => {
  for (let round = 0; round < 4; round++) {
    await eventStore.close();
    await new Promise<void>((resolve, reject) => {
      const child = fork(join(import.meta.dirname, "support/hand-child.ts"), [dataDir], {
        execArgv: ["--import", "tsx"],
      });
      let done = 0;
      child.on("message", () => {
        done++;
        if (done === 2) setTimeout(() => child.kill("SIGKILL"), 30 + 55 * round);
      });
      child.on("exit", (code, signal) =>
        signal === "SIGKILL" ? resolve() : reject(new Error(`It ended with ${code}`)),
      );
    });
    await reopen();
    const writer = await writerOn(eventStore);
    await writer.exclusively(async () => undefined);
    await writer.close();
    await expectWhole(40);
  }
});

test("a deletion that is cut off after any write is completed", { timeout: 120_000 }, async () => {
  const first = await writerOn(eventStore);
  if (await isJoined()) await change(first, "undone");
  await first.close();
  const dying = await writerOn(eventStore);
  const profile = (await ownerOf(eventStore, other)) ?? 0;
  await expect(
    dying.changePeople(async ({ eventStore: tables, seq, at }) => {
      await tables.insert("deletions", [
        { id: "d", profile, seq, at: storedMoment(at), made_by: "", counts: "{}", hashes: [], done: 0 },
      ]);
      await finishDeletion(tables, "d", await erasePerson(cutAfter(tables, 3), profile, seq, at));
    }),
  ).rejects.toThrow("cut off");
  await dying.close();
  const after = await writerOn(eventStore);
  await after.exclusively(async () => undefined);
  await after.close();
  await expectWhole(20);
  expect(await ownerOf(eventStore, other)).toBeUndefined();
  const [receipt] = await eventStore.query(
    sql`SELECT max(done) AS done FROM deletions`,
    z.strictObject({ done: z.int() }),
  );
  expect(receipt?.done).toBe(1);
});
