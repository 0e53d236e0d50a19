import * as z from "zod";
import { messageTypes } from "../event/message";
import { seenProperty } from "./catalogue";
import { endpoint } from "./endpoint";
import { idParams, page, pageQuery, timestamp } from "./shared";
import { environment } from "./workspace";

/** What sends; the set-up that is shown first follows it. */
export const sourceKind = z.enum(["browser", "server", "mobile", "import", "other"]);

/** A second's messages in the long run, and how many may come at once before that counts. */
const rateLimit = z.strictObject({
  perSecond: z.int().min(1).max(1_000_000),
  burst: z.int().min(1).max(10_000_000),
});

const writeKey = z.strictObject({
  key: z.string(),
  createdAt: timestamp,
  /** From when on it opens nothing, where another one replaces it. */
  endsAt: timestamp.nullable(),
});

const source = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: sourceKind,
  /** Null for that of the workspace. */
  environment: environment.nullable(),
  /** The newest of its keys. */
  writeKey: z.string(),
  /** All that open it now, the newest first. */
  keys: z.array(writeKey),
  /** One that is switched off refuses what it is sent, and says so. */
  enabled: z.boolean(),
  /** Null for none. */
  rateLimit: rateLimit.nullable(),
  archivedAt: timestamp.nullable(),
  createdAt: timestamp,
});
export type Source = z.infer<typeof source>;

const name = z.string().trim().min(1).max(200);
const settings = {
  kind: sourceKind.optional(),
  environment: environment.nullish(),
  rateLimit: rateLimit.nullish(),
};
const changes = z.strictObject({
  name: name.optional(),
  ...settings,
  enabled: z.boolean().optional(),
  archived: z.boolean().optional(),
});
export type SourceChanges = z.infer<typeof changes>;

export const listSources = endpoint({
  method: "GET",
  path: "/api/sources",
  summary: "Sources, in the order in which they were made; the archived ones where `archived` is true",
  query: pageQuery.extend({ archived: z.enum(["true", "false"]).optional() }),
  answer: page(source),
});
export const createSource = endpoint({
  method: "POST",
  path: "/api/sources",
  summary: "Make a source with its write key",
  body: z.strictObject({ name, ...settings }),
  answer: source,
  status: 201,
});
export const updateSource = endpoint({
  method: "PATCH",
  path: "/api/sources/:id",
  summary: "Change a source: its name, kind, label or rate limit; switch it on or off, archive it or bring it back",
  params: idParams,
  body: changes,
  answer: source,
});
export const archiveSource = endpoint({
  method: "DELETE",
  path: "/api/sources/:id",
  summary: "Archive a source: its keys open nothing any more, what it has sent stays",
  params: idParams,
  answer: source,
});
export const getSource = endpoint({
  method: "GET",
  path: "/api/sources/:id",
  summary: "One source with what has come in",
  params: idParams,
  answer: source.extend({
    messages: z.int(),
    lastReceivedAt: timestamp.nullable(),
    rejections: z.array(z.strictObject({ code: z.string(), message: z.string(), count: z.int(), lastAt: timestamp })),
  }),
});

export const rotateWriteKey = endpoint({
  method: "POST",
  path: "/api/sources/:id/keys",
  summary: "Give a source a new write key; the ones before open it for `overlapMinutes` more, a day unless told",
  params: idParams,
  body: z.strictObject({ overlapMinutes: z.int().min(0).max(525_600).optional() }),
  answer: source,
  status: 201,
});
export const revokeWriteKey = endpoint({
  method: "DELETE",
  path: "/api/sources/:id/keys/:key",
  summary: "End a write key now; the newest one is replaced first",
  params: idParams.extend({ key: z.string().min(1).max(200) }),
  answer: source,
});

/** Messages of one type and name that a source has sent. */
const schemaEvent = z.strictObject({
  type: z.enum(messageTypes),
  /** Empty for the types that have no name. */
  event: z.string(),
  messages: z.int(),
  people: z.int(),
  firstSeen: timestamp,
  lastSeen: timestamp,
  /** First seen within the last seven days. */
  isNew: z.boolean(),
  /** Of each of the last 30 days of the workspace's zone, oldest first. */
  daily: z.array(z.int()),
});
export type SchemaEvent = z.infer<typeof schemaEvent>;

export const sourceSchema = endpoint({
  method: "GET",
  path: "/api/sources/:id/schema",
  summary: "The events that a source sends, the most frequent first, with their volumes over time",
  params: idParams,
  query: pageQuery,
  answer: page(schemaEvent).extend({ asOf: timestamp }),
});

const schemaProperty = seenProperty.extend({
  /** Messages that have it, and since when; null for what lies inside another property. */
  figures: z
    .strictObject({ messages: z.int(), firstSeen: timestamp, lastSeen: timestamp, isNew: z.boolean() })
    .nullable(),
});
export type SchemaProperty = z.infer<typeof schemaProperty>;

export const sourceProperties = endpoint({
  method: "GET",
  path: "/api/sources/:id/schema/properties",
  summary: "The properties (of identify and group: the traits) of one of a source's events, with types and examples",
  params: idParams,
  query: z.strictObject({ type: z.enum(messageTypes), event: z.string().max(1_000).optional() }),
  answer: z.strictObject({ messages: z.int(), items: z.array(schemaProperty) }),
});
