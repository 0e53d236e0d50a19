import * as z from "zod";
import { channelInput } from "../alerts/channel";
import { alertRule } from "../alerts/rule";
import { endpoint } from "./endpoint";
import { asOf, idParams, page, pageQuery, timestamp } from "./shared";

const line = z.strictObject({
  /** Of the sync, the forwarding, the audience or the source. */
  subjectId: z.string(),
  subjectName: z.string(),
  text: z.string(),
  since: timestamp,
});
export type AlertLine = z.infer<typeof line>;
export const lines = z.array(line);

export const messageKinds = ["fired", "reminder", "resolved"] as const;
export const messageStatuses = ["waiting", "told", "gave_up"] as const;
const message = z.strictObject({
  id: z.string(),
  kind: z.enum(messageKinds),
  lines,
  status: z.enum(messageStatuses),
  attempts: z.int(),
  /** Of one that waits: when it is tried next. */
  nextAt: timestamp.nullable(),
  toldAt: timestamp.nullable(),
  /** Why the last attempt failed, or who was left out. */
  failure: z.string().nullable(),
  createdAt: timestamp,
});
export type AlertMessage = z.infer<typeof message>;

const channel = z.discriminatedUnion("via", [
  z.strictObject({ via: z.literal("email"), to: z.array(z.string()) }),
  z.strictObject({ via: z.literal("slack"), channel: z.string() }),
  z.strictObject({ via: z.literal("webhook"), url: z.string() }),
  z.strictObject({
    via: z.literal("destination"),
    destinationId: z.string(),
    /** Null for one that was removed: then nobody is told. */
    name: z.string().nullable(),
    tool: z.string().nullable(),
  }),
]);
export type AlertChannel = z.infer<typeof channel>;

const alert = z.strictObject({
  id: z.string(),
  rule: alertRule,
  /** The rule in words, as the rest of a sentence that begins with "when". */
  words: z.string(),
  /** What the rule is about; null where it is about each there is. The name is null where that was removed. */
  about: z.strictObject({ id: z.string(), name: z.string().nullable() }).nullable(),
  /** Where it is told, without secrets. */
  channel,
  remindHours: z.int().nullable(),
  mutedUntil: timestamp.nullable(),
  /** What is as it should not be now. */
  firings: z.array(line.extend({ firedAt: timestamp, toldAt: timestamp.nullable() })),
  /** The last that was to be told. */
  lastMessage: message.nullable(),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type Alert = z.infer<typeof alert>;

const remindHours = z.int().min(1).max(720).nullable();
const newAlert = z.strictObject({ rule: alertRule, channel: channelInput, remindHours: remindHours.optional() });
export type NewAlert = z.infer<typeof newAlert>;
const changes = z.strictObject({
  rule: alertRule.optional(),
  /** The whole of it; secrets that are left out stay as they are where it is told the same way as before. */
  channel: channelInput.optional(),
  remindHours: remindHours.optional(),
  mutedUntil: asOf.nullable().optional(),
  /** False brings back one that was deleted within the last day. */
  archived: z.literal(false).optional(),
});
export type AlertChanges = z.infer<typeof changes>;

export const listAlerts = endpoint({
  method: "GET",
  path: "/api/alerts",
  summary: "Alerts, in the order in which they were made, with what is firing",
  query: pageQuery,
  answer: page(alert),
});
export const createAlert = endpoint({
  method: "POST",
  path: "/api/alerts",
  summary: "Tell somebody when a sync fails, an audience jumps or a source goes silent",
  body: newAlert,
  answer: alert,
  status: 201,
});
export const getAlert = endpoint({
  method: "GET",
  path: "/api/alerts/:id",
  summary: "One alert with what is firing",
  params: idParams,
  answer: alert,
});
export const updateAlert = endpoint({
  method: "PATCH",
  path: "/api/alerts/:id",
  summary: "Change an alert, or mute it until a moment. A changed rule is looked at anew",
  params: idParams,
  body: changes,
  answer: alert,
});
export const deleteAlert = endpoint({
  method: "DELETE",
  path: "/api/alerts/:id",
  summary: "Delete an alert; for a day it can be brought back with `archived: false`",
  params: idParams,
  answer: z.strictObject({ deleted: z.literal(true) }),
});
export const testAlert = endpoint({
  method: "POST",
  path: "/api/alerts/:id/test",
  summary: "Tell a test where the alert is told",
  params: idParams,
  answer: z.strictObject({
    ok: z.boolean(),
    /** Who was told, or why nobody was. */
    message: z.string(),
  }),
});
export const listAlertMessages = endpoint({
  method: "GET",
  path: "/api/alerts/:id/history",
  summary: "What an alert told, the latest first, and what of that failed",
  params: idParams,
  query: pageQuery,
  answer: page(message),
});
