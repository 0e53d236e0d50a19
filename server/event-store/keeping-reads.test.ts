import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestEventStore, type TestEventStore } from "@/tests/support/event-store";
import { PeopleBits } from "./people-bits";
import { sql } from "./sql";

let eventStore: TestEventStore;
beforeAll(async () => {
  eventStore = await openTestEventStore();
  await eventStore.command(sql`CREATE TABLE kept_test (a UInt32) ENGINE = MergeTree ORDER BY a`);
});
afterAll(() => eventStore.close());

const statement = sql`SELECT toUInt32(count()) AS rows, generateUUIDv4()::String AS run FROM kept_test`;

async function ask(): Promise<{ rows: number; run: string }> {
  const [block] = await eventStore.kept(statement);
  return {
    rows: block?.view("rows", "UInt32").getUint32(0, true) ?? -1,
    run: block?.texts("run").at(0) ?? "",
  };
}

test("an answer is kept until the next write of any kind", async () => {
  const first = await ask();
  expect(await ask()).toEqual(first);
  const writes = [
    () => eventStore.insert("kept_test", [{ a: 1 }]),
    () => eventStore.insertLines("kept_test", Buffer.from('{"a":2}\n'), 1),
    () => eventStore.command(sql`INSERT INTO kept_test SELECT 3`),
  ];
  for (const [index, write] of writes.entries()) {
    const before = await ask();
    await write();
    const after = await ask();
    expect(after.run).not.toBe(before.run);
    expect(after.rows).toBe(index + 1);
    expect(await ask()).toEqual(after);
  }
});

test("what is read while something is written is not kept", async () => {
  const write = eventStore.insert("kept_test", [{ a: 4 }]);
  const during = await ask();
  await write;
  const after = await ask();
  expect(after.run).not.toBe(during.run);
  expect(after.rows).toBe(4);
});

test("people that were found are kept until the next write, unless that came while they were looked for", async () => {
  let finds = 0;
  const find = async () => PeopleBits.ofNumbers([1, 40 + finds++]);
  const first = await eventStore.keptPeople("some", find);
  expect(first.numbers()).toEqual(Uint32Array.of(1, 40));
  expect(await eventStore.keptPeople("some", find)).toBe(first);
  expect(await eventStore.keptPeople("others", find)).not.toBe(first);
  await eventStore.insert("kept_test", [{ a: 5 }]);
  const second = await eventStore.keptPeople("some", async () => {
    await eventStore.insert("kept_test", [{ a: 6 }]);
    return find();
  });
  expect(second.numbers()).toEqual(Uint32Array.of(1, 42));
  expect((await eventStore.keptPeople("some", find)).numbers()).toEqual(Uint32Array.of(1, 43));
});
