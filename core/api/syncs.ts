import * as z from "zod";
import { identifierKinds } from "../destinations/tool";
import { endpoint } from "./endpoint";
import { idParams, jsonObject, page, pageQuery, timestamp } from "./shared";

export const syncStatuses = ["running", "paused", "cancelled"] as const;

/** Why something does not get on at the moment; it is tried again by itself. */
export const syncTrouble = z.strictObject({
  fault: z.string(),
  message: z.string(),
  attempts: z.int(),
  retryAt: timestamp,
});

const sync = z.strictObject({
  id: z.string(),
  audience: z.strictObject({ id: z.string(), name: z.string() }),
  destination: z.strictObject({ id: z.string(), name: z.string(), tool: z.string() }),
  /** Its people are never sent, and leave at once. */
  suppression: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  sendsEntering: z.boolean(),
  sendsLeaving: z.boolean(),
  options: jsonObject,
  status: z.enum(syncStatuses),
  /** `waiting` until it is known who is in the audience; `first` while everybody is sent; `changes` from then on. */
  phase: z.enum(["waiting", "first", "changes"]),
  progress: z.strictObject({ done: z.int(), total: z.int() }),
  /** As far as the tool was told: who is in it, whom it would not take in or out, and who alone is tried again. */
  people: z.strictObject({ in: z.int(), missed: z.int(), stuck: z.int(), waiting: z.int() }),
  /** Why it does not get on at the moment. */
  trouble: syncTrouble.nullable(),
  lastDeliveredAt: timestamp.nullable(),
  createdAt: timestamp,
});
export type Sync = z.infer<typeof sync>;

const id = z.string().min(1).max(100);
const choices = {
  sendsEntering: z.boolean().optional(),
  sendsLeaving: z.boolean().optional(),
  suppressionId: id.nullish(),
  options: jsonObject.optional(),
};
const newSync = z.strictObject({ audienceId: id, destinationId: id, ...choices });
export type NewSync = z.infer<typeof newSync>;
const changes = z.strictObject({ ...choices, status: z.enum(["running", "paused"]).optional() });
export type SyncChanges = z.infer<typeof changes>;

export const listSyncs = endpoint({
  method: "GET",
  path: "/api/syncs",
  summary: "Syncs, in the order in which they were made; of one audience or one destination where that is named",
  query: pageQuery.extend({ audienceId: id.optional(), destinationId: id.optional() }),
  answer: page(sync),
});
export const createSync = endpoint({
  method: "POST",
  path: "/api/syncs",
  summary: "Send an audience to a destination: everybody first, then each change",
  body: newSync,
  answer: sync,
  status: 201,
});
export const getSync = endpoint({
  method: "GET",
  path: "/api/syncs/:id",
  summary: "One sync with its progress",
  params: idParams,
  answer: sync,
});
export const updateSync = endpoint({
  method: "PATCH",
  path: "/api/syncs/:id",
  summary: "Change a sync, pause it, or let it go on",
  params: idParams,
  body: changes,
  answer: sync,
});
export const cancelSync = endpoint({
  method: "POST",
  path: "/api/syncs/:id/cancel",
  summary: "End a sync for good where it is; nobody is taken out of the tool by it",
  params: idParams,
  answer: sync,
});
export const deleteSync = endpoint({
  method: "DELETE",
  path: "/api/syncs/:id",
  summary: "Remove a sync; nobody is taken out of the tool by it, and its deliveries stay in the log",
  params: idParams,
  answer: z.strictObject({ deleted: z.literal(true) }),
});

const sample = z.strictObject({
  profileId: z.string(),
  change: z.enum(["entered", "exited"]),
  identifier: z.string(),
  /** The request as it would go out, without secrets; null where it cannot be told before. */
  request: z.strictObject({ method: z.string(), url: z.string(), body: z.string() }).nullable(),
});
export const dryRunSync = endpoint({
  method: "POST",
  path: "/api/syncs/dry-run",
  summary: "What a sync would do now, without doing it: how many it would add and remove, and the requests of five",
  body: newSync,
  answer: z.strictObject({
    add: z.int(),
    remove: z.int(),
    /** In the audience, and never sent as they are suppressed. */
    suppressed: z.int(),
    samples: z.array(sample),
    asOf: timestamp,
  }),
});
export type DryRun = z.infer<typeof dryRunSync.answer>;

export const resendFailed = endpoint({
  method: "POST",
  path: "/api/syncs/:id/resend",
  summary: "Send everybody again who was given up; or one of them, by `profileId`",
  params: idParams,
  body: z.strictObject({ profileId: id.optional() }),
  answer: z.strictObject({ people: z.int() }),
  status: 202,
});

const comparison = z.discriminatedUnion("isAsked", [
  z.strictObject({ isAsked: z.literal(false), reason: z.string(), asOf: timestamp }),
  z.strictObject({
    isAsked: z.literal(true),
    /** How many people the tool says it has, and how many it should have. */
    there: z.int(),
    expected: z.int(),
    /** Whom it lacks, and the first hundred of them. */
    missing: z.int(),
    missingPeople: z.array(z.strictObject({ identifier: z.string(), profileId: z.string() })),
    /** Whom it should not have. */
    extra: z.int(),
    extraPeople: z.array(z.strictObject({ identifier: z.string(), profileId: z.string().nullable() })),
    /** Those of them whom nobody here knows; a repair leaves them alone. */
    strangers: z.int(),
    asOf: timestamp,
  }),
]);
export type SyncComparison = z.infer<typeof comparison>;
export const compareSync = endpoint({
  method: "POST",
  path: "/api/syncs/:id/compare",
  summary: "Ask the tool whom it has, and compare that with whom it should have",
  params: idParams,
  answer: comparison,
});
export const repairSync = endpoint({
  method: "POST",
  path: "/api/syncs/:id/repair",
  summary: "Send exactly those whom the tool lacks, and take those out whom it should not have",
  params: idParams,
  answer: z.strictObject({ entering: z.int(), leaving: z.int() }),
  status: 202,
});

export const deliveryResults = ["delivered", "retry", "gave_up", "skipped"] as const;
export const deliveryChanges = ["entered", "exited", "event"] as const;
const delivery = z.strictObject({
  /** Of a message that was sent on: the id of the forwarding. */
  syncId: z.string(),
  destinationId: z.string(),
  profileId: z.string(),
  /** Of the change, or the messageId: the same whenever it is sent again. */
  key: z.string(),
  batch: z.string(),
  change: z.enum(deliveryChanges),
  changedAt: timestamp,
  at: timestamp,
  attempt: z.int(),
  result: z.enum(deliveryResults),
  reason: z.string(),
  retryAt: timestamp.nullable(),
  identifier: z.strictObject({ kind: z.enum(identifierKinds), value: z.string() }),
  /** What was sent of the person; of a message its type and the event's name. */
  fields: jsonObject,
});
export type Delivery = z.infer<typeof delivery>;

export const listDeliveries = endpoint({
  method: "GET",
  path: "/api/deliveries",
  summary:
    "The delivery log, the latest first: every person of every attempt; a person is named by profile id, user id or email",
  query: pageQuery.extend({
    syncId: id.optional(),
    /** Of the syncs that the audience has now. */
    audienceId: id.optional(),
    destinationId: id.optional(),
    person: z.string().min(1).max(500).optional(),
    result: z.enum(deliveryResults).optional(),
  }),
  answer: page(delivery),
});

const request = z.strictObject({
  at: timestamp,
  attempt: z.int(),
  people: z.int(),
  method: z.string(),
  url: z.string(),
  request: z.string(),
  /** 0 where no answer came. */
  status: z.int(),
  answer: z.string(),
  milliseconds: z.int(),
});
export const listDeliveryRequests = endpoint({
  method: "GET",
  path: "/api/deliveries/:id/requests",
  summary: "The requests of one batch of the delivery log, without secrets, and what was answered",
  params: idParams,
  answer: z.strictObject({ items: z.array(request) }),
});
