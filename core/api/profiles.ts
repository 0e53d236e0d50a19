import * as z from "zod";
import { messageTypes } from "../event/message";
import { endpoint } from "./endpoint";
import { idParams, jsonObject, page, person, timestamp } from "./shared";

const profile = person.extend({
  firstSeen: timestamp,
  lastSeen: timestamp,
  audiences: z.array(z.strictObject({ id: z.string(), name: z.string() })),
});
export type Profile = z.infer<typeof profile>;

const profileRow = person.extend({ firstSeen: timestamp, lastSeen: timestamp });
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
  answer: page(profileRow),
});
export const getProfile = endpoint({
  method: "GET",
  path: "/api/profiles/:id",
  summary: "One person, with the audiences that they are in now",
  params: idParams,
  answer: profile,
});

const timelineMessage = z.strictObject({
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
});
export type TimelineMessage = z.infer<typeof timelineMessage>;
export const listMessages = endpoint({
  method: "GET",
  path: "/api/profiles/:id/messages",
  summary: "A person's timeline, newest first",
  params: idParams,
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(1_000).optional(),
    cursor: z.string().max(500).optional(),
  }),
  answer: page(timelineMessage),
});
