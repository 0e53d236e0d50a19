import * as z from "zod";
import type { TraitChange } from "@/core/api/profiles";
import { jsonValue } from "@/core/event/json";
import type { EventStore } from "@/server/event-store/event-store";
import { param, sql } from "@/server/event-store/sql";

const changeRow = z.strictObject({ value: z.string(), moment: z.string(), messageId: z.string() });

/** Each value that was set for a trait of an account up to `now`, newest first by Order. */
export async function readAccountTraitHistory(
  eventStore: EventStore,
  account: string,
  now: number,
  { trait, limit = 100 }: { trait: string; limit?: number | undefined },
): Promise<TraitChange[]> {
  const rows = await eventStore.query(
    sql`SELECT value, moment, message_id AS messageId FROM (
        SELECT any(account_traits.value) AS value, account_traits.timestamp AS moment, arrival FROM account_traits
        WHERE trait = ${param.string(trait)} AND account = ${param.string(account)}
          AND account_traits.timestamp <= ${param.moment(now)}
        GROUP BY moment, arrival ORDER BY moment DESC, arrival DESC LIMIT ${param.uint32(limit)}
      ) AS changes
      LEFT JOIN (
        SELECT arrival, any(message_id) AS message_id FROM messages WHERE type = 'group' AND profile IN (
          SELECT profile FROM account_people WHERE account = ${param.string(account)}
        ) GROUP BY arrival
      ) AS sent USING arrival
      ORDER BY moment DESC, arrival DESC`,
    changeRow,
  );
  return rows.map(({ value, moment, messageId }) => ({
    value: jsonValue.parse(JSON.parse(value)),
    timestamp: moment,
    messageId,
  }));
}
