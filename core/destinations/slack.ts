import * as z from "zod";
import { field, secretField, type Tool } from "./tool";

export const slack = {
  id: "slack",
  name: "Slack",
  description: "A message in a channel when people enter or leave.",
  settings: z.strictObject({
    webhookUrl: secretField({
      title: "Address of an incoming webhook",
      description: "Slack gives one for each channel. It is a secret: whoever has it can write there.",
    }).regex(/^https:\/\/hooks\.slack(-gov)?\.com\//, "must begin with https://hooks.slack.com/"),
  }),
  options: z.strictObject({
    digest: field(z.boolean().default(true), {
      title: "Several people in one message",
      description: "Off: a message for each person.",
    }),
  }),
  identifiers: ["email", "userId", "profileId"],
  mapping: [
    { from: "name", to: "Name" },
    { from: "plan", to: "Plan" },
  ],
  batchSize: 200,
  requestsPerSecond: 1,
  takesEvents: false,
  canBeAsked: false,
} as const satisfies Tool;
