import { param, type Sql, sql } from "@/server/event-store/sql";

/**
 * A table of (profile, first_at, last_at) of the people in `which` (a condition on `profile`), over their messages at or
 * before `now`; those without one are not in it. The few with messages still to come are looked up in the messages, for
 * only the bounds of all time are kept. Wants the setting use_index_for_in_with_subqueries = 1.
 */
export function activityAt(now: number, which: Sql): Sql {
  const moment = param.moment(now);
  return sql`(
    SELECT profile, first_at, last_at FROM (
      SELECT profile, min(profile_activity.first_at) AS first_at, max(profile_activity.last_at) AS last_at
      FROM profile_activity WHERE ${which} GROUP BY profile
    ) WHERE last_at <= ${moment}
    UNION ALL
    SELECT profile, min(timestamp) AS first_at, max(timestamp) AS last_at
    FROM messages
    WHERE profile IN (SELECT profile FROM profile_activity WHERE last_at > ${moment} AND ${which}) AND timestamp <= ${moment}
    GROUP BY profile
  )`;
}
