import * as z from "zod";
import { endpoint } from "./endpoint";
import { asOf, idParams, page, pageQuery, phrase, timestamp } from "./shared";

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
  /** Why, to be read after the name: did Account Created. */
  reason: z.array(phrase),
  /** Whether there is no such person any more, because they were deleted. */
  isDeleted: z.boolean(),
});
export type MembershipChange = z.infer<typeof membershipChange>;

export const listChanges = endpoint({
  method: "GET",
  path: "/api/audiences/:id/changes",
  summary: "Who entered and left an audience, in the order in which it was recorded, or the latest first",
  params: idParams,
  query: pageQuery.extend({
    order: z.enum(["oldest", "newest"]).optional(),
    change: z.enum(["entered", "exited"]).optional(),
    /** Those whose `at` lies in from ≤ at < to. */
    from: asOf.optional(),
    to: asOf.optional(),
  }),
  answer: page(membershipChange),
});

export const checkMembers = endpoint({
  method: "GET",
  path: "/api/audiences/:id/changes/check",
  summary:
    "Compares who is in an audience by its changes with who fits when everything is computed again, as of now: nobody is missing and nobody too many",
  params: idParams,
  answer: z.strictObject({
    /** Who is in by the changes. */
    members: z.int(),
    /** People who fit and are not in, and people who are in and do not fit: 0 each. */
    missing: z.int(),
    surplus: z.int(),
  }),
});

const dayOfChanges = z.strictObject({
  /** The day of the workspace's zone, and its first moment and the next one's. */
  day: z.string(),
  from: timestamp,
  to: timestamp,
  entered: z.int(),
  exited: z.int(),
  /** Of those, by the audience being made or meaning something else from then on. */
  byDefinition: z.strictObject({ entered: z.int(), exited: z.int() }),
});
export type DayOfChanges = z.infer<typeof dayOfChanges>;

export const changesByDay = endpoint({
  method: "GET",
  path: "/api/audiences/:id/changes/days",
  summary: "How many times people entered and left an audience on each of the last days, today first",
  params: idParams,
  query: z.strictObject({ days: z.coerce.number().int().min(1).max(366).optional() }),
  answer: z.strictObject({ items: z.array(dayOfChanges), asOf: timestamp }),
});

/** One piece of the stream: changes in their order, and whether there were more since the piece before than anybody can read. */
export const changeBatch = z.strictObject({ items: z.array(membershipChange), more: z.boolean() });

export const streamChanges = endpoint({
  method: "GET",
  path: "/api/audiences/:id/changes/stream",
  summary:
    "Who enters and leaves an audience, as server-sent events: each event's data is a batch, its id the cursor of the last change",
  params: idParams,
  query: z.strictObject({
    /** Of the last change that is known, as is the header Last-Event-ID; without either it begins with the latest changes. */
    cursor: pageQuery.shape.cursor,
  }),
  answer: changeBatch,
  streams: { answer: "text/event-stream" },
});
