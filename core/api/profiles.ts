import * as z from "zod";
import { audienceDefinition } from "../audience/definition";
import { messageTypes } from "../event/message";
import { endpoint } from "./endpoint";
import { asOf, idParams, jsonObject, page, person, phrase, timestamp } from "./shared";

const profile = person.extend({
  firstSeen: timestamp,
  lastSeen: timestamp,
  audiences: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      /** Since when, and why, by the log of changes; null and empty while that is still being begun. */
      enteredAt: timestamp.nullable(),
      reason: z.array(phrase),
    }),
  ),
  /** That the person belongs to now, the latest first. */
  accounts: z.array(z.strictObject({ id: z.string(), name: z.string().nullable(), since: timestamp })),
});
export type Profile = z.infer<typeof profile>;

export const profileRow = person.extend({ firstSeen: timestamp, lastSeen: timestamp });
export type ProfileRow = z.infer<typeof profileRow>;

export const listProfiles = endpoint({
  method: "GET",
  path: "/api/profiles",
  summary: "People, last seen first; by exact userId or anonymousId, or by a part of an id or email",
  query: z.strictObject({
    userId: z.string().max(1_000).optional(),
    anonymousId: z.string().max(1_000).optional(),
    search: z.string().max(500).optional(),
    includeAnonymous: z.enum(["true", "false"]).optional(),
    limit: z.coerce.number().int().min(1).max(1_000).optional(),
    cursor: z.string().max(500).optional(),
  }),
  /** By a userId somebody has, also what `getProfile` answers of them. */
  answer: page(profileRow).extend(profile.partial().shape),
});
export const getProfile = endpoint({
  method: "GET",
  path: "/api/profiles/:id",
  summary: "One person, with the audiences that they are in now",
  params: idParams,
  answer: profile,
});

export const timelineMessage = z.strictObject({
  messageId: z.string(),
  type: z.enum(messageTypes),
  event: z.string(),
  timestamp,
  receivedAt: timestamp,
  source: z.strictObject({ id: z.string(), name: z.string() }),
  userId: z.string().nullable(),
  anonymousId: z.string().nullable(),
  /** Properties of an event; traits of an identify or group. */
  properties: jsonObject,
  context: jsonObject,
  /** All of the message as it is stored, in the form of the Segment API. */
  raw: jsonObject,
});
export type TimelineMessage = z.infer<typeof timelineMessage>;
export const timelineQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1_000).optional(),
  /** The latest moment that is listed. */
  until: asOf.optional(),
  /** The earliest moment that is listed. */
  since: asOf.optional(),
  type: z.enum(messageTypes).optional(),
  /** The exact name of an event. */
  event: z.string().max(1_000).optional(),
  /** A part of the message in any case: its name, its values or its context. */
  search: z.string().max(500).optional(),
  cursor: z.string().max(500).optional(),
});
export const listMessages = endpoint({
  method: "GET",
  path: "/api/profiles/:id/messages",
  summary: "A person's timeline, newest first",
  params: idParams,
  query: timelineQuery,
  answer: page(timelineMessage),
});

export const traitChange = z.strictObject({ value: z.unknown(), timestamp, messageId: z.string() });
export type TraitChange = z.infer<typeof traitChange>;
export const listTraitChanges = endpoint({
  method: "GET",
  path: "/api/profiles/:id/traits",
  summary: "Each value that identify calls have set for a trait of a person, newest first",
  params: idParams,
  query: z.strictObject({
    trait: z.string().min(1).max(1_000),
    limit: z.coerce.number().int().min(1).max(1_000).optional(),
  }),
  answer: page(traitChange),
});

const evidence = z.strictObject({
  messageId: z.string(),
  type: z.enum(messageTypes),
  event: z.string(),
  timestamp,
  /** What an identify set, where the condition is on a trait. */
  value: z.unknown().optional(),
  /** What part it had, or why it does not count: "step 2", "outside the time". */
  note: z.string().optional(),
});
export type Evidence = z.infer<typeof evidence>;

/** A node of a definition, with why it holds for one person or does not. */
export interface ExplainedNode {
  path: string;
  kind: string;
  holds: boolean;
  sentence: string;
  phrases: z.infer<typeof phrase>[];
  found?: string | undefined;
  evidence?: Evidence[] | undefined;
  evidenceCount?: number | undefined;
  considered?: Evidence[] | undefined;
  children?: ExplainedNode[] | undefined;
}

const explainedNode: z.ZodType<ExplainedNode> = z
  .lazy(() =>
    z.strictObject({
      /** `root.conditions[1]`; inside an audience that is referred to, `root.conditions[1].audience.root`. */
      path: z.string(),
      kind: z.string(),
      holds: z.boolean(),
      sentence: z.string(),
      /** The sentence in its parts, for setting names apart. */
      phrases: z.array(phrase),
      /** What was found, in a few words. */
      found: z.string().optional(),
      /** The latest of the messages that decided, the last first. */
      evidence: z.array(evidence).optional(),
      /** How many decided in all. */
      evidenceCount: z.int().optional(),
      /** Where no message decided: those that came nearest, and why they do not count. */
      considered: z.array(evidence).optional(),
      children: z.array(explainedNode).optional(),
    }),
  )
  .meta({ id: "ExplainedCondition" });

const explanation = z.strictObject({
  member: z.boolean(),
  asOf: timestamp,
  /** Why the person is not in whatever the conditions say; null where the conditions decide. */
  excluded: z.string().nullable(),
  /** When `member` next changes without a new message; null for never, absent where the history is too long to tell. */
  nextChangeAt: timestamp.nullable().optional(),
  node: explainedNode,
});
export type Explanation = z.infer<typeof explanation>;

export const explainProfile = endpoint({
  method: "POST",
  path: "/api/profiles/:id/explain",
  summary:
    "Why a person is in an audience or not: each condition with the messages that decided, and when that changes",
  params: idParams,
  body: z.strictObject({ definition: audienceDefinition, asOf: asOf.optional() }),
  answer: explanation,
});
