import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { param, sql } from "@/server/event-store/sql";
import { EventWriter } from "@/server/ingest/event-writer";
import { openTestEventStore, type TestEventStore } from "./support/event-store";
import { testMessages } from "./support/messages";

/**
 * Identity by its meaning alone: a message with both ids joins them, an anonymousId stays with its first user, and equal
 * texts of the two kinds are different. Answers which person, by any name, each message belongs to.
 */
function naivePeople(messages: readonly { userId?: string; anonymousId?: string }[]): string[] {
  const owners = new Map<string, string>();
  for (const { userId, anonymousId } of messages) {
    if (userId && anonymousId && !owners.has(anonymousId)) owners.set(anonymousId, userId);
  }
  return messages.map(({ userId, anonymousId = "" }) => {
    if (userId) return `user ${userId}`;
    const owner = owners.get(anonymousId);
    return owner === undefined ? `anonymous ${anonymousId}` : `user ${owner}`;
  });
}

/** Groups of equal values, whatever the values are. */
function groups(values: readonly unknown[]): number[] {
  const seen = [...new Set(values)];
  return values.map((value) => seen.indexOf(value));
}

const id = fc.option(fc.constantFrom("x", "y", "z", "w"), { nil: undefined });
const message = fc
  .record({ userId: id, anonymousId: id })
  .filter(({ userId, anonymousId }) => userId !== undefined || anonymousId !== undefined);
const step = fc.oneof(
  { weight: 8, arbitrary: fc.array(message, { minLength: 1, maxLength: 6 }) },
  { weight: 1, arbitrary: fc.constant("restart" as const) },
);

const storedRow = z.strictObject({ id: z.string(), profile: z.int() });
const identityRow = z.strictObject({ k: z.enum(["user", "anonymous"]), id: z.string(), p: z.int(), known: z.int() });

let eventStore: TestEventStore;
beforeAll(async () => {
  eventStore = await openTestEventStore();
});
afterAll(() => eventStore.close());

test("people are told apart as the meaning says, whatever the order, the inserts and the restarts", {
  timeout: 180_000,
}, async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
      run++;
      const own = (text: string | undefined) => (text === undefined ? undefined : `${run}-${text}`);
      const open = async () => {
        const writer = new EventWriter({
          eventStore,
          directory: eventStore.logDirectory,
          now: () => Date.now(),
          onError: (error) => {
            throw error;
          },
        });
        await writer.open();
        return writer;
      };
      let writer = await open();
      const sent: { userId?: string; anonymousId?: string; messageId: string }[] = [];
      for (const one of steps) {
        if (one === "restart") {
          await writer.close();
          writer = await open();
          continue;
        }
        const batch = one.map(({ userId, anonymousId }, index) => ({
          type: "identify",
          traits: { from: sent.length + index },
          userId: own(userId),
          anonymousId: own(anonymousId),
          messageId: `${run}-${sent.length + index}`,
        }));
        sent.push(...batch);
        await writer.write({ source: "s", messages: testMessages(...batch), rejections: [] });
      }
      await writer.close();

      const live = sql`profile NOT IN (SELECT profile FROM profile_merges)`;
      const rows = await eventStore.query(
        sql`SELECT message_id AS id, profile FROM messages WHERE ${live} ORDER BY arrival`,
        storedRow,
      );
      const mine = rows.filter((row) => row.id.startsWith(`${run}-`));
      expect(mine.map((row) => row.id)).toEqual(sent.map(({ messageId }) => messageId));
      expect(groups(mine.map(({ profile }) => profile))).toEqual(groups(naivePeople(sent)));

      // What derives from messages, and who an identifier is, say the same.
      const traits = await eventStore.query(
        sql`SELECT DISTINCT value AS id, profile FROM trait_changes WHERE ${live} AND profile IN
          (SELECT profile FROM messages WHERE startsWith(message_id, ${param.string(`${run}-`)})) ORDER BY toUInt32(value)`,
        storedRow,
      );
      expect(traits.map(({ profile }) => profile)).toEqual(mine.map(({ profile }) => profile));
      const identities = await eventStore.query(
        sql`SELECT toString(kind) AS k, id, argMax(profile, version) AS p, argMax(known, version) AS known FROM identities
          WHERE startsWith(id, ${param.string(`${run}-`)}) GROUP BY kind, id`,
        identityRow,
      );
      const owner = new Map(identities.map(({ k, id, p }) => [`${k} ${id}`, p]));
      for (const [index, { userId, anonymousId }] of sent.entries()) {
        const key = userId ? `user ${userId}` : `anonymous ${anonymousId}`;
        expect(owner.get(key)).toBe(mine[index]?.profile);
      }
      const people = new Set(identities.filter(({ k }) => k === "user").map(({ p }) => p));
      for (const { p, known } of identities) expect(known === 1).toBe(people.has(p));
    }),
    { numRuns: 25 },
  );
});
