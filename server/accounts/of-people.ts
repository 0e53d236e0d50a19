import * as z from "zod";
import { parseJsonObject } from "@/core/event/json";
import type { JsonObject } from "@/core/event/message";
import { order } from "@/server/audiences/compile/trait-relation";
import type { EventStore } from "@/server/event-store/event-store";
import { param, sql } from "@/server/event-store/sql";
import { profileId } from "@/server/profiles/profile-id";

/** An account that somebody belongs to, with some of its traits. */
export interface OwnAccount {
  id: string;
  traits: JsonObject;
}

/** By the public ids of people, their accounts, the first joined first. */
export type AccountsOfPeople = ReadonlyMap<string, readonly OwnAccount[]>;

const row = z.strictObject({ profile: z.int(), account: z.string(), traits: z.string() });

/** The accounts that live numbers belong to at `now`, each with the traits of these names that it has then. */
export async function accountsOfPeople(
  eventStore: EventStore,
  profiles: readonly number[],
  now: number,
  traits: readonly string[],
  signal?: AbortSignal,
): Promise<AccountsOfPeople> {
  if (profiles.length === 0) return new Map();
  const until = sql`timestamp <= ${param.moment(now)}`;
  const own = sql`profile IN ${param.uint32s(profiles)} AND profile_accounts.${until}`;
  const rows = await eventStore.query(
    sql`SELECT profile, account, given.traits AS traits
    FROM (SELECT profile, account, min(profile_accounts.timestamp) AS since FROM profile_accounts WHERE ${own} GROUP BY profile, account) AS belongs
    LEFT JOIN (
      SELECT account, concat('{', arrayStringConcat(groupArray(concat(toJSONString(toString(trait)), ':', value)), ','), '}') AS traits
      FROM (
        SELECT account, trait, argMax(value, ${order}) AS value FROM account_traits
        WHERE has(${param.strings(traits)}, trait) AND ${until} AND account IN (SELECT account FROM profile_accounts WHERE ${own})
        GROUP BY account, trait
      ) WHERE value != 'null' GROUP BY account
    ) AS given USING account
    ORDER BY profile, since, account`,
    row,
    { signal, heavy: profiles.length > 1_000 },
  );
  const found = new Map<string, OwnAccount[]>();
  for (const { profile, account, traits: json } of rows) {
    const id = profileId(profile);
    const accounts = found.get(id) ?? [];
    accounts.push({ id: account, traits: parseJsonObject(json || "{}") });
    found.set(id, accounts);
  }
  return found;
}
