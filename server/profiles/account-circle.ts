import * as z from "zod";
import type { NeededHistory } from "@/core/audience/needed-history";
import type { GroupCall } from "@/core/audience/with-accounts";
import type { EventStore } from "@/server/event-store/event-store";
import { param, sql } from "@/server/event-store/sql";
import { accountOfRow } from "@/server/ingest/derived-tables";
import { deadPeople } from "./live";
import { type HistoryOptions, keysKept, mostMessages, objectOf, tooMany } from "./needed-history";

/** The people with whom somebody shares an account, and their group calls that name it. */
interface AccountCircle {
  people: readonly number[];
  /** Of one of them, in Order. */
  callsOf(profile: number): readonly GroupCall[];
}

const accountRow = z.strictObject({ account: z.string() });
const personRow = z.strictObject({ profile: z.int() });
const callRow = z.strictObject({
  profile: z.int(),
  account: z.string(),
  messageId: z.string(),
  moment: z.int(),
  arrival: z.int(),
  traits: z.string(),
});

/**
 * Goes from a live number to their accounts and on to the live people there, as many times as a definition asks, whatever the
 * timestamps. Errors: `too_large` past the most messages that are held.
 */
export async function readCircle(
  eventStore: EventStore,
  profile: number,
  { accountDepth, accountTraitKeys }: Pick<NeededHistory, "accountDepth" | "accountTraitKeys">,
  { most = mostMessages, signal }: HistoryOptions = {},
): Promise<AccountCircle> {
  const accounts = new Set<string>();
  const people = new Set([profile]);
  let reached = [profile];
  for (let step = 0; step < accountDepth && reached.length > 0; step += 1) {
    const rows = await eventStore.query(
      sql`SELECT DISTINCT account FROM profile_accounts WHERE profile IN ${param.uint32s(reached)} LIMIT ${param.uint32(most + 1)}`,
      accountRow,
      { signal },
    );
    const fresh = rows.map(({ account }) => account).filter((account) => !accounts.has(account));
    for (const account of fresh) accounts.add(account);
    reached = (await peopleOf(eventStore, fresh, most, signal)).filter((number) => !people.has(number));
    for (const number of reached) people.add(number);
    if (people.size > most) throw tooMany(most);
  }
  const calls = new Map<number, GroupCall[]>();
  if (accounts.size === 0) return { people: [...people], callsOf: () => [] };
  const rows = await eventStore.query(
    sql`SELECT profile, ${accountOfRow} AS account, message_id AS messageId, toUnixTimestamp64Milli(timestamp) AS moment, arrival,
      ${keysKept(sql`properties`, accountTraitKeys)} AS traits
    FROM messages
    WHERE type = 'group' AND profile IN ${param.uint32s([...people])} AND account IN ${param.strings([...accounts])}
    ORDER BY timestamp, arrival LIMIT ${param.uint32(most + 1)}`,
    callRow,
    { signal, heavy: true },
  );
  if (rows.length > most) throw tooMany(most);
  for (const { profile: own, account, messageId, moment, arrival, traits } of rows) {
    const message = {
      messageId,
      type: "group" as const,
      event: "",
      timestamp: moment,
      arrival,
      properties: objectOf(traits),
      context: {},
    };
    calls.set(own, [...(calls.get(own) ?? []), { groupId: account, message }]);
  }
  return { people: [...people], callsOf: (own) => calls.get(own) ?? [] };
}

async function peopleOf(
  eventStore: EventStore,
  accounts: readonly string[],
  most: number,
  signal: AbortSignal | undefined,
): Promise<number[]> {
  if (accounts.length === 0) return [];
  const rows = await eventStore.query(
    sql`SELECT DISTINCT profile FROM account_people
      WHERE account IN ${param.strings([...accounts])} AND NOT bitmapContains(${deadPeople}, profile)
      LIMIT ${param.uint32(most + 1)}`,
    personRow,
    { signal },
  );
  return rows.map(({ profile }) => profile);
}
