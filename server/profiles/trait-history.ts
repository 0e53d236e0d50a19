import * as z from "zod";
import type { TraitChange } from "@/core/api/profiles";
import { parseJson } from "@/core/event/json";
import type { EventStore } from "@/server/event-store/event-store";
import { param, sql } from "@/server/event-store/sql";

const changeRow = z.strictObject({ value: z.string(), moment: z.string(), messageId: z.string() });

/** Each value that was set for a trait of a live number up to `now`, newest first by Order. */
export async function readTraitHistory(
  eventStore: EventStore,
  profile: number,
  now: number,
  { trait, limit = 100 }: { trait: string; limit?: number | undefined },
): Promise<TraitChange[]> {
  const rows = await eventStore.query(
    sql`SELECT value, moment, message_id AS messageId FROM (
        SELECT DISTINCT value, profile_traits.timestamp AS moment, arrival FROM profile_traits
        WHERE profile = ${param.uint32(profile)} AND trait = ${param.string(trait)} AND profile_traits.timestamp <= ${param.moment(now)}
        ORDER BY moment DESC, arrival DESC LIMIT ${param.uint32(limit)}
      ) AS changes
      LEFT JOIN (
        SELECT arrival, message_id FROM messages WHERE profile = ${param.uint32(profile)} AND type = 'identify'
      ) AS sent USING arrival
      ORDER BY moment DESC, arrival DESC`,
    changeRow,
  );
  return rows.map(({ value, moment, messageId }) => ({
    value: parseJson(value),
    timestamp: moment,
    messageId,
  }));
}
