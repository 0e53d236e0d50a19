import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { AppError } from "@/core/errors";
import { sql } from "@/server/event-store/sql";
import { EventWriter } from "@/server/ingest/event-writer";
import { openFirstStore } from "./event-store";
import { testMessages } from "./messages";
import { faultsOf } from "./torn-state";

/**
 * Writes on a disk that is small until it is full, makes room, sends again what was not acknowledged, and says what is there.
 * Arguments: the folder that is on that disk, and how many megabytes of it are taken up beforehand.
 */
const [disk = "", ballast = "0"] = process.argv.slice(2);
const filler = join(disk, "filler");
writeFileSync(filler, Buffer.alloc(Number(ballast) * 1024 * 1024));

const eventStore = await openFirstStore({ dataDir: join(disk, "data") });
const failures: string[] = [];
const writer = new EventWriter({
  eventStore,
  directory: eventStore.logDirectory,
  now: () => Date.now(),
  onError: (error) => failures.push(String(error)),
});
await writer.open();

const size = 100;
let noise = 1;
/** Text that does not pack. */
function padding(): string {
  return Array.from({ length: 150 }, () => {
    noise = (Math.imul(noise, 1_103_515_245) + 12_345) >>> 0;
    return noise.toString(36);
  }).join("");
}

async function send(batch: number): Promise<boolean> {
  const messages = Array.from({ length: size }, (_, index) => ({
    type: index % 10 === 0 ? "identify" : "track",
    userId: `u${(batch * size + index) % 700}`,
    event: "Filled",
    messageId: `m${batch * size + index}`,
    ...(index % 10 === 0 ? { traits: { plan: `p${batch % 3}` } } : { properties: { padding: padding() } }),
  }));
  try {
    await writer.write({ source: "s", messages: testMessages(...messages), rejections: [] });
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "unavailable") return false;
    throw error;
  }
}

const refused: number[] = [];
let batch = 0;
for (; refused.length < 10 && batch < 5_000; batch++) {
  if (!(await send(batch))) refused.push(batch);
}
const acknowledged = batch - refused.length;

rmSync(filler);
let unsent = refused;
for (let attempt = 0; unsent.length > 0 && attempt < 200; attempt++) {
  const left: number[] = [];
  for (const one of unsent) if (!(await send(one))) left.push(one);
  unsent = left;
}
for (let attempt = 0; attempt < 100; attempt++) {
  const settled = await writer.settled().then(
    () => true,
    () => new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 100)),
  );
  if (settled) break;
}
const [stored] = await eventStore.query(
  sql`SELECT count() AS messages, uniqExact(message_id) AS ids FROM messages
    WHERE profile NOT IN (SELECT profile FROM profile_merges)`,
  z.strictObject({ messages: z.int(), ids: z.int() }),
);
const faults = await faultsOf(eventStore);
await writer.close();
await eventStore.close();
process.send?.({ sent: batch * size, acknowledged, refused: refused.length, unsent, failures, stored, faults });
process.disconnect();
