import * as z from "zod";
import { endpoint } from "./endpoint";
import { idParams, page, pageQuery, timestamp } from "./shared";

/**
 * What made somebody enter or leave: a message, the mere passing of time, a change of what the audience means, of who is who, a
 * deletion, or finding out after a stop.
 */
export const membershipCauses = ["message", "moment", "definition", "identity", "deletion", "catch-up"] as const;
export type MembershipCause = (typeof membershipCauses)[number];

export const membershipChange = z.strictObject({
  /** Its place in the workspace's log, as digits: where to go on from. */
  cursor: z.string(),
  profileId: z.string(),
  /** The identifiers as they are now; of somebody who was deleted, as they were, for a month. */
  userId: z.string().nullable(),
  anonymousIds: z.array(z.string()),
  email: z.string().nullable(),
  change: z.enum(["entered", "exited"]),
  /** When it became so by the definition. */
  at: timestamp,
  recordedAt: timestamp,
  cause: z.enum(membershipCauses),
  /** Of the message that decided, where one did. */
  messageId: z.string().nullable(),
});
export type MembershipChange = z.infer<typeof membershipChange>;

export const listChanges = endpoint({
  method: "GET",
  path: "/api/audiences/:id/changes",
  summary: "Who entered and left an audience, in the order in which it was recorded, or the latest first",
  params: idParams,
  query: pageQuery.extend({ order: z.enum(["oldest", "newest"]).optional() }),
  answer: page(membershipChange),
});
