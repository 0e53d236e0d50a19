import * as z from "zod";
import type { Account, AccountRow } from "@/core/api/accounts";
import { AppError } from "@/core/errors";
import { jsonValue, parseJsonObject } from "@/core/event/json";
import { order } from "@/server/audiences/compile/trait-relation";
import type { EventStore } from "@/server/event-store/event-store";
import { empty, param, type Sql, sql } from "@/server/event-store/sql";
import { deadPeople } from "@/server/profiles/live";

interface ListInput {
  /** A part of the id or of the name, in any case. */
  search?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

const row = z.strictObject({ account: z.string(), people: z.int(), firstSeen: z.string(), name: z.string() });

/** Live people of accounts at `now`, the anonymous among them, and the accounts' names as JSON ("" where there is none). */
function accountRows(now: number, which: Sql): Sql {
  const until = sql`timestamp <= ${param.moment(now)}`;
  return sql`SELECT account, counted.people AS people, counted.since AS firstSeen, named.value AS name
    FROM (
      SELECT account, uniqExact(profile) AS people, min(account_people.timestamp) AS since FROM account_people
      WHERE account_people.${until} AND NOT bitmapContains(${deadPeople}, profile) ${which} GROUP BY account
    ) AS counted
    LEFT JOIN (
      SELECT account, argMax(value, ${order}) AS value FROM account_traits WHERE trait = 'name' AND ${until} ${which} GROUP BY account
    ) AS named USING account`;
}

/** Accounts with somebody in them at `now`, most people first, then by id. Errors: `invalid` at `cursor`. */
export async function listAccounts(
  eventStore: EventStore,
  now: number,
  { search = "", limit = 50, cursor }: ListInput,
): Promise<{ items: AccountRow[]; nextCursor: string | null; total: number }> {
  const part = param.string(search);
  const fits =
    search === ""
      ? sql`1`
      : sql`(positionCaseInsensitiveUTF8(account, ${part}) > 0 OR positionCaseInsensitiveUTF8(JSONExtractString(name), ${part}) > 0)`;
  const after = cursor === undefined ? undefined : parseAccountCursor(cursor);
  const later =
    after === undefined
      ? empty
      : sql`AND (people < ${param.uint64(after.people)} OR (people = ${param.uint64(after.people)} AND account > ${param.string(after.account)}))`;
  const found = sql`(${accountRows(now, empty)}) WHERE ${fits}`;
  const [rows, [counted]] = await Promise.all([
    eventStore.query(
      sql`SELECT account, people, firstSeen, name FROM ${found} ${later} ORDER BY people DESC, account LIMIT ${param.uint32(limit + 1)}`,
      row,
    ),
    eventStore.query(sql`SELECT count() AS total FROM ${found}`, z.strictObject({ total: z.int() })),
  ]);
  const items = rows.slice(0, limit).map(toRow);
  const last = items.at(-1);
  return {
    items,
    nextCursor: rows.length > limit && last ? `${last.people}_${last.id}` : null,
    total: counted?.total ?? 0,
  };
}

function parseAccountCursor(cursor: string): { people: number; account: string } {
  const [, people, account] = /^(\d{1,10})_(.+)$/s.exec(cursor) ?? [];
  if (people === undefined || account === undefined) {
    throw new AppError("invalid", "This cursor is not one that a page was answered with.", "cursor");
  }
  return { people: Number(people), account };
}

function toRow({ account, people, firstSeen, name }: z.infer<typeof row>): AccountRow {
  return { id: account, name: nameOf(name), people, firstSeen };
}

/** The name in a piece of JSON; null for what is no text and for none. */
export function nameOf(json: string): string | null {
  const name = json === "" ? null : jsonValue.parse(JSON.parse(json));
  return typeof name === "string" && name !== "" ? name : null;
}

const traitsRow = z.strictObject({ traits: z.string() });

/** One account as of `now`. Errors: `not_found`, also for one without anybody yet. */
export async function getAccount(eventStore: EventStore, account: string, now: number): Promise<Account> {
  const own = sql`AND account = ${param.string(account)}`;
  const [[found], [set]] = await Promise.all([
    eventStore.query(accountRows(now, own), row),
    eventStore.query(
      sql`SELECT concat('{', arrayStringConcat(groupArray(concat(toJSONString(toString(trait)), ':', value)), ','), '}') AS traits
      FROM (
        SELECT trait, argMax(value, ${order}) AS value FROM account_traits
        WHERE timestamp <= ${param.moment(now)} ${own} GROUP BY trait
      ) WHERE value != 'null'`,
      traitsRow,
    ),
  ]);
  if (!found) throw new AppError("not_found", `There is no account with the id ${account}.`, "id");
  return { ...toRow(found), traits: parseJsonObject(set?.traits || "{}") };
}
