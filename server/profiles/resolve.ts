import * as z from "zod";
import { AppError } from "@/core/errors";
import type { EventStore } from "@/server/event-store/event-store";
import { param, sql } from "@/server/event-store/sql";
import { profileNumber } from "./profile-id";

const mergeRow = z.strictObject({ into: z.int() });

/** The live number that a number's history was moved to; itself while it is live. */
async function liveNumber(eventStore: EventStore, profile: number): Promise<number> {
  let live = profile;
  // A number is joined into another but once, and never into a dead one: the chain ends.
  for (;;) {
    const [merge] = await eventStore.query(
      sql`SELECT any(into) AS into FROM profile_merges WHERE profile = ${param.uint32(live)} GROUP BY profile`,
      mergeRow,
    );
    if (merge === undefined || merge.into === live) return live;
    live = merge.into;
  }
}

/** The live number of a public id, whichever of a person's numbers it was made from. Errors: `not_found`. */
export async function resolveProfile(eventStore: EventStore, id: string): Promise<number> {
  const profile = profileNumber(id);
  if (profile === undefined) throw new AppError("not_found", `There is no person with the id ${id}.`, "id");
  const live = await liveNumber(eventStore, profile);
  // Nobody's: whoever it was has been deleted.
  if (live === 0) throw new AppError("not_found", `There is no person with the id ${id}.`, "id");
  return live;
}
