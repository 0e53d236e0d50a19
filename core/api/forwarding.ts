import * as z from "zod";
import { forwardingChoices } from "../destinations/forwarding";
import { messageTypes } from "../event/message";
import { endpoint } from "./endpoint";
import { idParams, timestamp } from "./shared";
import { syncTrouble } from "./syncs";

const forwarding = z.strictObject({
  /** What the delivery log calls it by, as `syncId`. */
  id: z.string(),
  choices: forwardingChoices,
  status: z.enum(["running", "paused"]),
  /** Messages that have come in since the last one that was looked at. */
  behind: z.int(),
  /** Of the last 24 hours. */
  sent: z.strictObject({ delivered: z.int(), gaveUp: z.int(), skipped: z.int() }),
  trouble: syncTrouble.nullable(),
  lastDeliveredAt: timestamp.nullable(),
  createdAt: timestamp,
});
export type Forwarding = z.infer<typeof forwarding>;

const setting = z.strictObject({
  choices: forwardingChoices,
  status: z.enum(["running", "paused"]).default("running"),
});
export type ForwardingSetting = z.infer<typeof setting>;

export const getForwarding = endpoint({
  method: "GET",
  path: "/api/destinations/:id/forwarding",
  summary: "Which messages are sent on to a destination as they come in; null where none are",
  params: idParams,
  answer: z.strictObject({ forwarding: forwarding.nullable() }),
});
export const setForwarding = endpoint({
  method: "POST",
  path: "/api/destinations/:id/forwarding",
  summary: "Send messages on to a destination from now on, or change which ones; or pause that, and go on where it was",
  params: idParams,
  body: setting,
  answer: forwarding,
});
export const endForwarding = endpoint({
  method: "DELETE",
  path: "/api/destinations/:id/forwarding",
  summary: "Send no messages on to a destination any more",
  params: idParams,
  answer: z.strictObject({ deleted: z.literal(true) }),
});

const sample = z.strictObject({
  messageId: z.string(),
  profileId: z.string(),
  type: z.enum(messageTypes),
  event: z.string(),
  timestamp,
  /** By what the tool knows the person; null where the message is not sent, as they have no such name. */
  identifier: z.string().nullable(),
  /** The request as it would go out, without secrets; null where it cannot be told before. */
  request: z.strictObject({ method: z.string(), url: z.string(), body: z.string() }).nullable(),
});
export const previewForwarding = endpoint({
  method: "POST",
  path: "/api/destinations/:id/forwarding/preview",
  summary:
    "How many messages of the last 24 hours would be sent on, of how many people, and the requests of the last five",
  params: idParams,
  body: forwardingChoices,
  answer: z.strictObject({ messages: z.int(), people: z.int(), samples: z.array(sample), asOf: timestamp }),
});
export type ForwardingPreview = z.infer<typeof previewForwarding.answer>;
