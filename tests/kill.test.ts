import { fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { sql } from "@/server/event-store/sql";
import { EventWriter } from "@/server/ingest/event-writer";
import { openFirstStore } from "./support/event-store";
import { loadBatch } from "./support/kill-load";
import { faultsOf } from "./support/torn-state";

const rounds = 20;
let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "foothold-kill-"));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

/**
 * Lets a process write from message `start` on and kills it within an insert, `fraction` of an insert's time after an
 * acknowledgement. Answers the acknowledged batches.
 */
function writeUntilKilled(start: number, fraction: number): Promise<number[]> {
  const acknowledged: number[] = [];
  const inserts: number[] = [];
  const child = fork(join(import.meta.dirname, "support/kill-child.ts"), [dataDir, String(start)], {
    execArgv: ["--import", "tsx"],
  });
  child.on("message", (from) => {
    acknowledged.push(Number(from));
    // Those that share an insert are told together.
    const [last = 0] = inserts.slice(-1);
    const now = performance.now();
    if (now - last < 5) return;
    inserts.push(now);
    if (inserts.length === 4) setTimeout(() => child.kill("SIGKILL"), (now - last) * fraction);
  });
  return new Promise((resolve, reject) => {
    child.on("exit", (code, signal) => {
      if (signal === "SIGKILL") resolve(acknowledged);
      else reject(new Error(`The writing process ended by itself with ${code ?? signal}`));
    });
  });
}

test(`${rounds} kills under load lose nothing, store nothing twice, and leave nothing torn`, {
  timeout: 600_000,
}, async () => {
  const acknowledged = new Set<number>();
  let start = 0;
  let stored = 0;
  for (let round = 0; round < rounds; round++) {
    // What was not acknowledged is sent again, as an SDK does.
    for (const from of await writeUntilKilled(start, 0.25 + (0.75 * round) / rounds)) acknowledged.add(from);
    while (acknowledged.has(start)) start += loadBatch;

    const eventStore = await openFirstStore({ dataDir });
    const errors: unknown[] = [];
    const writer = new EventWriter({
      eventStore,
      directory: eventStore.logDirectory,
      now: () => Date.now(),
      onError: (error) => errors.push(error),
    });
    await writer.open();
    expect(await faultsOf(eventStore), `round ${round}`).toEqual([]);
    const there = await eventStore.query(
      sql`SELECT toUInt32(substring(message_id, 2)) AS n FROM messages WHERE profile NOT IN (SELECT profile FROM profile_merges)`,
      z.strictObject({ n: z.int() }),
    );
    const numbers = new Set(there.map(({ n }) => n));
    for (const from of acknowledged) {
      for (let n = from; n < from + loadBatch; n++) expect(numbers.has(n), `message ${n} of round ${round}`).toBe(true);
    }
    stored = numbers.size;
    await writer.close();
    await eventStore.close();
    expect(errors).toEqual([]);
  }
  expect(acknowledged.size).toBeGreaterThan(rounds * 3);
  expect(stored).toBeGreaterThanOrEqual(acknowledged.size * loadBatch);
});
