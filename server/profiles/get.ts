import * as z from "zod";
import type { ProfileRow } from "@/core/api/profiles";
import { AppError } from "@/core/errors";
import type { EventStore } from "@/server/event-store/event-store";
import { param, sql } from "@/server/event-store/sql";
import { activityAt } from "./activity";
import { readPeople } from "./people";

const seenRow = z.strictObject({ firstSeen: z.string(), lastSeen: z.string() });

/** One person by live number, as of `now`. Errors: `not_found`, also for one whose messages are all still to come. */
export async function getProfile(eventStore: EventStore, profile: number, now: number): Promise<ProfileRow> {
  const [people, seen] = await Promise.all([
    readPeople(eventStore, [profile], now),
    eventStore.query(
      sql`SELECT first_at AS firstSeen, last_at AS lastSeen FROM ${activityAt(now, sql`profile = ${param.uint32(profile)}`)}`,
      seenRow,
      { settings: { use_index_for_in_with_subqueries: 1 } },
    ),
  ]);
  const [person] = people;
  const [bounds] = seen;
  if (person === undefined || bounds === undefined) {
    throw new AppError("not_found", `There is no person with the id p${profile}.`, "id");
  }
  return { ...person, ...bounds };
}
