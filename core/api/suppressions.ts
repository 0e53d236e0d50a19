import * as z from "zod";
import { endpoint } from "./endpoint";
import { page, pageQuery, timestamp } from "./shared";
import { versionAuthor } from "./versions";

/** An identifier as it is sent; of kind `other` with its type before it: `email:ann@example.com`. */
const named = z.strictObject({ kind: z.enum(["user", "anonymous", "other"]), id: z.string().min(1).max(1_100) });

const suppression = z.strictObject({
  kind: named.shape.kind,
  /** SHA-256 of the identifier with its kind and a NUL before it, in hex: all that is kept of it. */
  hash: z.string(),
  at: timestamp,
  by: versionAuthor.nullable(),
  /** The deletion that suppressed it; null for what was suppressed by hand. */
  deletionId: z.string().nullable(),
});
export type Suppression = z.infer<typeof suppression>;

export const listSuppressions = endpoint({
  method: "GET",
  path: "/api/suppressions",
  summary:
    "Identifiers whose messages are refused, the latest first: those of people who were deleted, and those suppressed by hand",
  query: pageQuery,
  answer: page(suppression),
});

export const suppressId = endpoint({
  method: "POST",
  path: "/api/suppressions",
  summary: "Refuse messages of an identifier that nobody has; a person who is there is deleted instead",
  body: named,
  answer: suppression,
  status: 201,
});

export const liftSuppression = endpoint({
  method: "POST",
  path: "/api/suppressions/lift",
  summary: "Let a suppressed identifier come back, as a new person",
  body: named,
  answer: z.strictObject({ lifted: z.literal(true) }),
});
