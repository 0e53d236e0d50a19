import * as z from "zod";
import { field, secretField, type Tool } from "./tool";

const name = z
  .string()
  .trim()
  .max(255)
  .regex(/^[A-Za-z_][A-Za-z0-9_$]*$/, "must be letters, digits and underscores");

export const snowflake = {
  id: "snowflake",
  name: "Snowflake",
  description: "Tables of who entered and left when, and a view of who is in each audience.",
  settings: z.strictObject({
    account: field(
      z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9-]+)*$/, "must be an account identifier"),
      {
        title: "Account identifier",
        placeholder: "myorg-account123",
      },
    ),
    user: field(z.string().trim().min(1).max(255), { title: "User" }),
    privateKey: secretField({
      title: "Private key",
      description: "RSA, in PEM form without a passphrase; its public half is set on the user.",
      long: true,
    }),
    warehouse: field(name, { title: "Warehouse" }),
    database: field(name, { title: "Database" }),
    schema: field(name.default("FOOTHOLD"), { title: "Schema", description: "It is made where there is none." }),
    role: field(
      z
        .string()
        .trim()
        .max(255)
        .regex(/^([A-Za-z_][A-Za-z0-9_$]*)?$/, "must be letters, digits and underscores")
        .default(""),
      {
        title: "Role",
        description: "Empty for the user's own.",
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
  requestsPerSecond: 5,
  takesEvents: true,
  canBeAsked: true,
} as const satisfies Tool;
