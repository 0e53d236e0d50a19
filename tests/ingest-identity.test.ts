import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { param, sql } from "@/server/event-store/sql";
import { EventWriter } from "@/server/ingest/event-writer";
import { openTestEventStore, type TestEventStore } from "./support/event-store";
import { testMessages } from "./support/messages";

interface Sent {
  userId?: string | undefined;
  anonymousId?: string | undefined;
  previousId?: string | undefined;
}

/**
 * Identity by its meaning alone: a message with both ids joins them, an alias joins its previousId with its userId, an
 * anonymousId stays with its first user, and equal texts of the two kinds are different. What an alias says holds whether
 * the previousId comes before or after. Answers which person, by any name, each message belongs to.
 */
function naivePeople(messages: readonly Sent[]): string[] {
  const owners = new Map<string, string>();
  const users = new Set(messages.flatMap(({ userId }) => userId ?? []));
  const people = new Map([...users].map((user) => [user, user]));
  for (const { userId, anonymousId, previousId } of messages) {
    if (userId === undefined) continue;
    if (anonymousId !== undefined && !owners.has(anonymousId)) owners.set(anonymousId, userId);
    if (previousId === undefined) continue;
    if (!owners.has(previousId)) owners.set(previousId, userId);
    const [from, to] = [people.get(previousId), people.get(userId)];
    if (from === undefined || to === undefined) continue;
    for (const [user, person] of people) if (person === from) people.set(user, to);
  }
  return messages.map(({ userId, anonymousId = "" }) => {
    const user = userId ?? owners.get(anonymousId);
    return user === undefined ? `anonymous ${anonymousId}` : `user ${people.get(user)}`;
  });
}

/** Groups of equal values, whatever the values are. */
function groups(values: readonly unknown[]): number[] {
  const seen = [...new Set(values)];
  return values.map((value) => seen.indexOf(value));
}

const id = fc.option(fc.constantFrom("x", "y", "z", "w"), { nil: undefined });
const plain = fc
  .record({ userId: id, anonymousId: id })
  .filter(({ userId, anonymousId }) => userId !== undefined || anonymousId !== undefined);
const alias = fc.record({
  userId: fc.constantFrom("x", "y", "z", "w"),
  anonymousId: id,
  previousId: fc.constantFrom("x", "y", "z", "w"),
});
const message: fc.Arbitrary<Sent> = fc.oneof({ weight: 3, arbitrary: plain }, { weight: 1, arbitrary: alias });
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
      const sent: (Sent & { messageId: string })[] = [];
      for (const one of steps) {
        if (one === "restart") {
          await writer.close();
          writer = await open();
          continue;
        }
        const batch = one.map(({ userId, anonymousId, previousId }, index) => ({
          ...(previousId === undefined ? { type: "identify" } : { type: "alias", previousId: own(previousId) }),
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
      const identified = mine.filter((_, index) => sent[index]?.previousId === undefined);
      expect(traits.map(({ profile }) => profile)).toEqual(identified.map(({ profile }) => profile));
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
    { numRuns: 12 },
  );
});
