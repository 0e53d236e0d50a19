import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import type { EventStore } from "@/server/event-store/event-store";
import { param, sql } from "@/server/event-store/sql";
import { EventWriter } from "@/server/ingest/event-writer";
import { keep } from "@/server/ingest/kept-message";
import { cutAfter } from "./support/cut-store";
import { openTestEventStore, type TestEventStore } from "./support/event-store";
import { testMessages } from "./support/messages";
import { faultsOf } from "./support/torn-state";

describe("a join that is cut off", () => {
  let eventStore: TestEventStore;
  beforeAll(async () => {
    eventStore = await openTestEventStore();
  });
  afterAll(() => eventStore.close());

  async function writerOn(store: EventStore): Promise<EventWriter> {
    const writer = new EventWriter({
      eventStore: store,
      directory: eventStore.logDirectory,
      now: () => Date.now(),
      onError: () => undefined,
    });
    await writer.open();
    return writer;
  }
  const write = async (writer: EventWriter, ...raw: object[]) =>
    (await writer.write({ source: "s", messages: testMessages(...raw), rejections: [] })).map(({ fresh }) => fresh);
  const peopleOf = (ids: readonly string[]) =>
    eventStore.query(
      sql`SELECT message_id AS id, profile FROM messages
        WHERE message_id IN ${param.strings(ids)} AND profile NOT IN (SELECT profile FROM profile_merges) ORDER BY id`,
      z.strictObject({ id: z.string(), profile: z.int() }),
    );

  // The join takes six: its log, that of dead numbers, the identifiers, those that move, the history, what derives from it.
  test.each([0, 1, 2, 3, 4, 5])("after %i of its writes is completed by the next start", async (writes) => {
    const [visitor, user] = [`visitor-${writes}`, `user-${writes}`];
    const visit = { type: "page", name: "Pricing", anonymousId: visitor, messageId: `${writes}-1` };
    const act = { type: "track", event: "E", userId: user, messageId: `${writes}-2` };
    const join = {
      type: "identify",
      userId: user,
      anonymousId: visitor,
      traits: { plan: "trial" },
      messageId: `${writes}-3`,
    };
    const before = await writerOn(eventStore);
    await write(before, visit, act);
    await before.close();

    let store: EventStore = eventStore;
    const dying = await writerOn({
      ...eventStore,
      insert: (table, rows) => store.insert(table, rows),
      insertLines: (table, lines, rows) => store.insertLines(table, lines, rows),
      command: (statement, options) => store.command(statement, options),
    });
    store = cutAfter(eventStore, writes);
    await expect(write(dying, join)).rejects.toMatchObject({ code: "unavailable" });
    await dying.close();

    const after = await writerOn(eventStore);
    // Past the removal of dead rows, which a start does as well.
    await after.exclusively(async () => undefined);
    expect(await faultsOf(eventStore)).toEqual([]);
    expect(await write(after, join)).toEqual([true]);
    await after.close();
    const people = await peopleOf([`${writes}-1`, `${writes}-2`, `${writes}-3`]);
    expect(people).toHaveLength(3);
    expect(new Set(people.map(({ profile }) => profile)).size).toBe(1);
    expect(await faultsOf(eventStore)).toEqual([]);
  });

  // Messages, what is kept aside, what derives, and the note of that; the identifiers are stored before the answer.
  test.each([0, 1, 2, 3])(
    "messages that were acknowledged are stored once where storing stops after %i writes",
    async (writes) => {
      let store: EventStore = eventStore;
      const dying = await writerOn({
        ...eventStore,
        insert: (table, rows) => store.insert(table, rows),
        insertLines: (table, lines, rows) => store.insertLines(table, lines, rows),
        command: (statement, options) => store.command(statement, options),
      });
      store = cutAfter(eventStore, writes, "identities");
      const event = (id: number) => ({
        type: "track",
        event: "E",
        userId: `cut-${writes}-${id}`,
        messageId: `cut-${writes}-${id}`,
      });
      const why = { verdict: "refused", code: "missing_id", message: "no id", receivedAt: 1_700_000_000_000 } as const;
      const kept = keep({ ...why, raw: {}, around: {} });
      await write(dying, event(1), event(2));
      await dying.write({ source: "s", messages: testMessages(event(3)), rejections: [kept] });
      await expect(dying.settled()).rejects.toMatchObject({ code: "unavailable" });
      await dying.close();

      const after = await writerOn(eventStore);
      expect(await faultsOf(eventStore)).toEqual([]);
      expect(await peopleOf([1, 2, 3].map((id) => `cut-${writes}-${id}`))).toHaveLength(3);
      expect(await write(after, event(2), event(4))).toEqual([false, true]);
      await after.close();
      expect(await faultsOf(eventStore)).toEqual([]);
    },
  );

  test("rows of the joined number are removed by a later start, and nothing else", async () => {
    const writer = await writerOn(eventStore);
    await writer.close();
    const left = await eventStore.query(
      sql`SELECT count() AS dead, (SELECT count() FROM messages) AS all FROM messages WHERE profile IN (SELECT profile FROM profile_merges)`,
      z.strictObject({ dead: z.int(), all: z.int() }),
    );
    expect(left).toEqual([{ dead: 0, all: 34 }]);
  });
});
