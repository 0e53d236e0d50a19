import * as z from "zod";
import { AppError } from "@/core/errors";
import type { EventStore } from "@/server/event-store/event-store";
import { param, sql } from "@/server/event-store/sql";
import { profileNumber } from "./profile-id";

const mergeRow = z.strictObject({ profile: z.int(), into: z.int() });

/** The live number that each number's history was moved to: itself while it is live, 0 where the person was deleted. */
export async function liveNumbers(
  eventStore: EventStore,
  profiles: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const live = new Map(profiles.map((profile) => [profile, profile]));
  // A number is joined into another but once, and never into a dead one: the chains end.
  for (let asked = [...live.keys()]; asked.length > 0; ) {
    const merges = await eventStore.query(
      sql`SELECT profile, any(merge.into) AS into FROM profile_merges AS merge
        WHERE profile IN ${param.uint32s(asked)} AND merge.into != profile GROUP BY profile`,
      mergeRow,
    );
    const moved = new Map(merges.map(({ profile, into }) => [profile, into]));
    for (const [profile, to] of live) live.set(profile, moved.get(to) ?? to);
    asked = [...new Set(moved.values())].filter((into) => into !== 0);
  }
  return live;
}

/** The live number of a public id, whichever of a person's numbers it was made from. Errors: `not_found`. */
export async function resolveProfile(eventStore: EventStore, id: string): Promise<number> {
  const profile = profileNumber(id);
  if (profile === undefined) throw new AppError("not_found", `There is no person with the id ${id}.`, "id");
  const live = (await liveNumbers(eventStore, [profile])).get(profile) ?? profile;
  // Nobody's: whoever it was has been deleted.
  if (live === 0) throw new AppError("not_found", `There is no person with the id ${id}.`, "id");
  return live;
}
