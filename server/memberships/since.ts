import * as z from "zod";
import { type MembershipChange, membershipCauses } from "@/core/api/memberships";
import { param, sql } from "@/server/event-store/sql";
import type { Services } from "@/server/services";
import { reasonsOf } from "./answered-changes";

const enteringRow = z.strictObject({
  audienceId: z.string(),
  entered: z.int(),
  at: z.int(),
  recordedAt: z.int(),
  cause: z.enum(membershipCauses),
  messageId: z.string(),
});

export interface Since {
  readonly enteredAt: string;
  readonly reason: MembershipChange["reason"];
}

/** Since when and why a live number is in each of these audiences, by the last change of each; none where the log has them out. */
export async function sinceWhen(
  services: Pick<Services, "eventStore" | "metadata" | "now">,
  profile: number,
  audienceIds: readonly string[],
): Promise<ReadonlyMap<string, Since>> {
  if (audienceIds.length === 0) return new Map();
  const rows = await services.eventStore.query(
    sql`SELECT toString(audience_id) AS audienceId, argMax(change.entered, cursor) AS entered,
        toUnixTimestamp64Milli(argMax(change.at, cursor)) AS at, toUnixTimestamp64Milli(argMax(recorded_at, cursor)) AS recordedAt,
        toString(argMax(change.cause, cursor)) AS cause, argMax(message_id, cursor) AS messageId
      FROM membership_changes AS change
      WHERE audience_id IN ${param.strings(audienceIds)} AND profile = ${param.uint32(profile)} GROUP BY audience_id`,
    enteringRow,
  );
  const enterings = rows.filter(({ entered }) => entered === 1);
  const reasons = await reasonsOf(
    services,
    enterings.map(({ messageId, ...row }) => ({ ...row, profile, messageId: messageId === "" ? null : messageId })),
  );
  return new Map(
    enterings.map(({ audienceId, at }, index) => [
      audienceId,
      { enteredAt: new Date(at).toISOString(), reason: reasons[index]?.reason ?? [] },
    ]),
  );
}
