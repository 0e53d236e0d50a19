import * as z from "zod";
import { field, secretField, type Tool } from "./tool";

export const postgresql = {
  id: "postgresql",
  name: "PostgreSQL",
  description: "Tables of who is in each audience, and of who entered and left when.",
  settings: z.strictObject({
    host: field(z.string().trim().min(1).max(253), { title: "Host", placeholder: "db.example.com" }),
    port: field(z.int().min(1).max(65_535).default(5432), { title: "Port" }),
    database: field(z.string().trim().min(1).max(63), { title: "Database" }),
    user: field(z.string().trim().min(1).max(63), {
      title: "User",
      description: "May make the schema, or may make tables in it where it is there.",
    }),
    password: secretField({ title: "Password" }),
    tls: field(z.enum(["verified", "unverified", "off"]).default("verified"), {
      title: "TLS",
      description: "Unverified: encrypted, without asking whether it is the right server.",
    }),
    schema: field(
      z
        .string()
        .trim()
        .regex(/^[a-z_][a-z0-9_]*$/, "must be small letters, digits and underscores")
        .max(63)
        .default("foothold"),
      {
        title: "Schema",
        description: "It is made where there is none.",
      },
    ),
  }),
  options: z.strictObject({}),
  identifiers: ["userId", "email", "anonymousId", "profileId"],
  mapping: [
    { from: "email", to: "email" },
    { from: "plan", to: "plan" },
  ],
  batchSize: 1000,
  requestsPerSecond: 20,
  takesEvents: true,
  canBeAsked: true,
} as const satisfies Tool;
