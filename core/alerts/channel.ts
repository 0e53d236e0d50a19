import * as z from "zod";
import { slack } from "../destinations/slack";
import { webhook } from "../destinations/webhook";
import { mailAddress } from "../mail-address";

const destinationId = z.string().min(1).max(100);
const email = z.strictObject({
  via: z.literal("email"),
  to: z
    .array(mailAddress)
    .min(1)
    .max(20)
    .refine((all) => new Set(all.map((one) => one.toLowerCase())).size === all.length, "has an address twice"),
});
const channelName = z.string().trim().min(1).max(80);

/** Where an alert is told, as it is given. Secrets may be left out where the alert has them already. */
export const channelInput = z.discriminatedUnion("via", [
  email,
  z.strictObject({
    via: z.literal("slack"),
    /** What people call it; the address of the webhook decides where it goes. */
    channel: channelName,
    webhookUrl: slack.settings.shape.webhookUrl.optional(),
  }),
  z.strictObject({
    via: z.literal("webhook"),
    url: webhook.settings.shape.url,
    secret: webhook.settings.shape.secret.optional(),
  }),
  /** A destination of the tool Slack or Webhook. */
  z.strictObject({ via: z.literal("destination"), destinationId }),
]);
export type ChannelInput = z.infer<typeof channelInput>;

/** As it is kept: without its secrets. */
export const storedChannel = z.discriminatedUnion("via", [
  email,
  z.strictObject({ via: z.literal("slack"), channel: channelName }),
  z.strictObject({ via: z.literal("webhook"), url: z.string() }),
  z.strictObject({ via: z.literal("destination"), destinationId }),
]);
export type StoredChannel = z.infer<typeof storedChannel>;

/** Tools whose destinations can tell an alert. */
export const tellingTools: readonly string[] = [slack.id, webhook.id];
