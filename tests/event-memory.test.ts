import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import type { EventMatch } from "@/core/audience/definition";
import { EventMemory } from "@/server/audiences/event-lists/event-memory";
import { beginOf, type HeldList } from "@/server/audiences/event-lists/held-list";
import type { EventStore } from "@/server/event-store/event-store";
import { type BlockReader, param, sql } from "@/server/event-store/sql";
import { eventNames } from "./parity/histories";
import { type Step, steps } from "./support/membership-steps";
import { MembershipWorld } from "./support/membership-world";
import { seed } from "./support/seed";

let world: MembershipWorld;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "foothold-event-memory-"));
  world = await MembershipWorld.open(directory);
});
afterAll(async () => {
  await world.close();
  await rm(directory, { recursive: true, force: true });
});

const matches = eventNames.map((event) => ({ event }));
const storedRow = z.strictObject({ event: z.string(), profile: z.int(), time: z.int() });

function listed(lists: readonly HeldList[] | undefined, living: ReadonlySet<number>) {
  if (lists === undefined) throw new Error("Lists that may be built were not");
  return lists.flatMap((list, index) =>
    [...living].flatMap((profile) =>
      Array.from(list.times.subarray(beginOf(list, profile), beginOf(list, profile + 1)), (time) => ({
        event: eventNames[index],
        profile,
        time,
      })),
    ),
  );
}

/** What the store says itself, of everybody who lives. */
async function stored(store: EventStore) {
  return store.query(
    sql`SELECT toString(event) AS event, profile, toUnixTimestamp64Milli(timestamp) AS time FROM messages
      WHERE type = 'track' AND event IN ${param.strings(eventNames)} AND profile NOT IN (SELECT profile FROM profile_merges)
      ORDER BY indexOf(${param.strings(eventNames)}, event), profile, time`,
    storedRow,
  );
}

async function check(store: EventStore, memory: EventMemory): Promise<void> {
  await memory.make(store, matches);
  const lists = await memory.lists(store, matches, {});
  const expected = await stored(store);
  const living = new Set(expected.map(({ profile }) => profile).sort((one, other) => one - other));
  expect(listed(lists, living)).toEqual(expected);
  // Of the dead nothing is left.
  const dead = await store.query(
    sql`SELECT DISTINCT profile FROM profile_merges`,
    z.strictObject({ profile: z.int() }),
  );
  const gone = new Set(dead.map(({ profile }) => profile));
  for (const row of listed(lists, gone)) {
    expect(await isStored(store, row.profile), `p${row.profile} is dead`).toBe(true);
  }
}

/** Rows of the joined stay until they are cleared away; those of the deleted are gone. */
async function isStored(store: EventStore, profile: number): Promise<boolean> {
  const rows = await store.query(
    sql`SELECT count() > 0 AS is FROM messages WHERE profile = ${param.uint32(profile)}`,
    z.strictObject({ is: z.int() }),
  );
  return rows[0]?.is === 1;
}

/** The store, in which something more happens before each long read. */
function interrupted(store: EventStore, happen: () => Promise<void>): BlockReader {
  return {
    ...store,
    async blocks(statement, options) {
      if (options?.heavy) await happen();
      return store.blocks(statement, options);
    },
  };
}

test(`lists that are held say what the store says, whatever came in, was joined, parted or deleted since (seed ${seed})`, async () => {
  let run = 0;
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (story) => {
      run += 1;
      await world.begin(`memory_${run}`);
      let memory = new EventMemory(2 ** 30, 0);
      const sending = story.filter((step): step is Extract<Step, { kind: "send" }> => step.kind === "send");
      for (const step of story) {
        if (step.kind === "look") await check(world.store, memory);
        else if (step.kind === "check") {
          // Made anew while more comes in.
          memory = new EventMemory(2 ** 30, 0);
          const more = sending[sent % sending.length];
          const store = interrupted(world.store, async () => {
            sent += 1;
            if (more) await world.take(more);
          });
          await memory.make(store, matches);
          await check(world.store, memory);
        } else if (step.kind !== "define" && step.kind !== "restart") await world.take(step);
      }
      await check(world.store, memory);
    }),
    { seed, numRuns: 5, endOnFailure: process.env.PARITY_SEED === undefined },
  );
  expect(sent).toBeGreaterThan(0);
}, 600_000);

test("what is not held is not made unless it may be, is worth it, and has room", async () => {
  await world.begin("memory_bounds");
  const send = (event: string, userId: string): Step => ({
    kind: "send",
    messages: [{ type: "track", event, userId, anonymousId: undefined, previousId: "", age: 0, properties: {} }],
  });
  const [first = "", second = ""] = eventNames;
  await world.take(send(first, "u1"));
  await world.take(send(second, "u2"));
  const { store } = world;
  const one = [{ event: first }];
  const two = [{ event: second }];
  const made = async (memory: EventMemory, wanted: readonly EventMatch[]) => {
    await memory.make(store, wanted);
    return memory.lists(store, wanted, {});
  };

  const memory = new EventMemory(2 ** 20, 0);
  expect(await memory.lists(store, one, {})).toBeUndefined();
  expect(await made(memory, one)).toHaveLength(1);
  expect(await made(memory, [{ event: first, where: [{ property: "a", op: "exists" }] }])).toBeUndefined();
  expect(await made(memory, [{ type: "track" }])).toBeUndefined();
  expect(await made(memory, [...one, ...one])).toHaveLength(2);

  expect(await made(new EventMemory(2 ** 20, 1_000), one)).toBeUndefined();
  expect(await made(new EventMemory(4, 0), one)).toBeUndefined();

  // Room for one of them: the one that was asked for last stays.
  const narrow = new EventMemory(40, 0);
  expect(await made(narrow, one)).toHaveLength(1);
  expect(await made(narrow, two)).toHaveLength(1);
  expect(await narrow.lists(store, one, {})).toBeUndefined();
  expect(await narrow.lists(store, two, {})).toHaveLength(1);

  const leaving = new AbortController();
  leaving.abort();
  const left = new EventMemory(2 ** 20, 0).make(store, one, { signal: leaving.signal });
  await expect(left).rejects.toMatchObject({ code: "cancelled" });
});
