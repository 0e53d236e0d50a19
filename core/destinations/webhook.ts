import * as z from "zod";
import { field, secretField, type Tool } from "./tool";

const headers = z.record(
  z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, "must be the name of a header"),
  z.string().regex(/^[\t\x20-\x7e]*$/, "must be one line of plain characters"),
);

export const webhook = {
  id: "webhook",
  name: "Webhook",
  description: "Each entering and leaving as signed JSON, to an address of yours.",
  settings: z.strictObject({
    url: field(z.url({ protocol: /^https?$/, error: "must be an address that begins with https:// or http://" }), {
      title: "Address",
      description: "Where the requests go, by POST.",
      placeholder: "https://example.com/hooks/foothold",
    }),
    secret: secretField({
      title: "Signing secret",
      description: "Shared with the receiver, which checks with it that a request is ours. At least 16 characters.",
    }).min(16, "must have at least 16 characters"),
    headers: field(headers.default({}), {
      title: "Further headers",
      description: "Sent with each request.",
    }),
  }),
  options: z.strictObject({
    batched: field(z.boolean().default(true), {
      title: "Several people in one request",
      description: "Off: one request for each entering and leaving.",
    }),
  }),
  identifiers: ["userId", "email", "anonymousId", "profileId"],
  mapping: [
    { from: "email", to: "email" },
    { from: "plan", to: "plan" },
  ],
  batchSize: 500,
  requestsPerSecond: 50,
  takesEvents: true,
  canBeAsked: false,
} as const satisfies Tool;
