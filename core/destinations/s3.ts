import * as z from "zod";
import { field, secretField, type Tool } from "./tool";

export const s3 = {
  id: "s3",
  name: "S3",
  description:
    "Files of who entered and left, or of everybody on a schedule, in Amazon S3 or a store that speaks its language.",
  settings: z.strictObject({
    endpoint: field(
      z
        .string()
        .trim()
        .regex(/^(https?:\/\/[^\s/?#]+\/?)?$/, "must be an address that begins with https:// or http://")
        .default(""),
      {
        title: "Endpoint",
        description: "Empty for Amazon's own of the region.",
        placeholder: "https://minio.example.com",
      },
    ),
    region: field(
      z
        .string()
        .trim()
        .regex(/^[a-z0-9-]+$/, "must be the name of a region")
        .default("us-east-1"),
      {
        title: "Region",
      },
    ),
    bucket: field(
      z
        .string()
        .trim()
        .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "must be the name of a bucket"),
      {
        title: "Bucket",
      },
    ),
    prefix: field(
      z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9_.=/-]*$/, "must be letters, digits and _ . = / -")
        .default("foothold"),
      {
        title: "Folder",
      },
    ),
    accessKeyId: field(z.string().trim().min(1).max(200), { title: "Access key ID" }),
    secretAccessKey: secretField({
      title: "Secret access key",
      description: "Of a user that may list the bucket and put objects into it.",
    }),
  }),
  options: z.strictObject({
    format: field(z.enum(["ndjson", "csv"]).default("ndjson"), { title: "Format" }),
  }),
  identifiers: ["userId", "email", "anonymousId", "profileId"],
  mapping: [
    { from: "email", to: "email" },
    { from: "plan", to: "plan" },
  ],
  batchSize: 5000,
  requestsPerSecond: 50,
  takesEvents: true,
  takesFiles: true,
  canBeAsked: false,
} as const satisfies Tool;
