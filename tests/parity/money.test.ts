import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import type { AggregateOperator, AudienceDefinition, EventAggregate } from "@/core/audience/definition";
import { compileAudience } from "@/server/audiences/compile/compile";
import { readSets } from "@/server/audiences/compile/set-reader";
import { param, sql } from "@/server/event-store/sql";
import { deriveAgain } from "@/server/ingest/derived-tables";
import { openTestEventStore, type TestEventStore } from "@/tests/support/event-store";

/** One person's payments, of which the cents are known as whole numbers. */
const payments = 1_000_000;
const now = Date.UTC(2026, 10, 23);

let eventStore: TestEventStore;
let total: bigint;
beforeAll(async () => {
  eventStore = await openTestEventStore();
  const cents = sql`toInt64(cityHash64(number) % 2000000) - 1000`;
  const euros = sql`concat(if(cents < 0, '-', ''), toString(intDiv(abs(cents), 100)), '.', leftPad(toString(abs(cents) % 100), 2, '0'))`;
  // Every second amount is text, as checkouts like to send it.
  await eventStore.command(sql`INSERT INTO messages (type, event, profile, timestamp, arrival, properties, context, message_id, user_id, source)
    SELECT 'track', 'Paid', 1, ${param.moment(now - 1)}, number,
      concat('{"amount":', if(number % 2 = 0, ${euros}, concat('"', ${euros}, '"')), '}'), '{}', toString(number), 'u', 'test'
    FROM (SELECT number, ${cents} AS cents FROM numbers(${param.uint64(payments)}))`);
  await deriveAgain(eventStore, sql`1`);
  await eventStore.insert("identities", [{ kind: "user", id: "u", profile: 1, known: 1, version: 1 }]);
  const [sum] = await eventStore.query(
    sql`SELECT toString(sum(${cents})) AS cents FROM numbers(${param.uint64(payments)})`,
    z.strictObject({ cents: z.string() }),
  );
  total = BigInt(sum?.cents ?? 0);
});
afterAll(() => eventStore.close());

async function isIn(aggregate: EventAggregate): Promise<boolean> {
  const definition: AudienceDefinition = { version: 1, root: { kind: "event", event: "Paid", aggregate } };
  const { members } = compileAudience(definition, { now, timeZone: "UTC", audiences: new Map() });
  const [found] = await readSets(eventStore, [members]);
  return found?.count === 1;
}

const asMoney = (cents: bigint) => `${cents / 100n}.${String(cents % 100n).padStart(2, "0")}`;

test.each<[AggregateOperator, bigint, boolean]>([
  ["eq", 0n, true],
  ["eq", 1n, false],
  ["gt", -1n, true],
  ["gt", 0n, false],
  ["lte", 0n, true],
  ["lt", 1n, true],
])("a million payments come to the cent: %s what they come to and %s cents is %s", async (op, more, holds) => {
  expect(await isIn({ fn: "sum", property: "amount", op, value: asMoney(total + more) })).toBe(holds);
});

test("their average is compared exactly too", async () => {
  // A million divides without a rest: six more places.
  const average = `${total / 100_000_000n}.${String(total % 100_000_000n).padStart(8, "0")}`;
  expect(await isIn({ fn: "avg", property: "amount", op: "eq", value: average })).toBe(true);
  expect(await isIn({ fn: "avg", property: "amount", op: "gt", value: average })).toBe(false);
});
