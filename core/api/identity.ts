import * as z from "zod";
import { identityRules } from "../identity/rules";
import { endpoint } from "./endpoint";
import { idParams, page, pageQuery, person, timestamp } from "./shared";

const identifier = z.strictObject({ kind: z.enum(["user", "anonymous", "other"]), id: z.string() });
export type ApiIdentifier = z.infer<typeof identifier>;

const join = z.strictObject({
  /** Of this entry of the log; what a split asks for. */
  id: z.string(),
  at: timestamp,
  action: z.enum(["joined", "not_joined", "undone", "kept_apart"]),
  reason: z.enum(["message", "alias", "hand", "owned", "limit", "apart"]),
  one: identifier,
  other: identifier,
  /** The message that did it; null for what was done by hand. */
  message: z.strictObject({ messageId: z.string(), source: z.string() }).nullable(),
  by: z.string().nullable(),
  /** Whether this is what joins the two now: it can be undone. */
  holds: z.boolean(),
  sentence: z.string(),
});
export type IdentityEntry = z.infer<typeof join>;

export const getProfileIdentity = endpoint({
  method: "GET",
  path: "/api/profiles/:id/identity",
  summary: "A person's identifiers, what joined them, and what was not joined and why, the oldest first",
  params: idParams,
  answer: z.strictObject({ identifiers: z.array(identifier), log: z.array(join) }),
});

const audienceName = z.strictObject({ id: z.string(), name: z.string() });
const outcome = z.strictObject({
  /** What this person is shown with, and the identifiers that they would have. */
  identifiers: z.array(identifier),
  messages: z.int(),
  audiences: z.array(audienceName),
});
const change = z.strictObject({
  before: z.array(outcome),
  after: z.array(outcome),
  /** By saved audience, where its number of people changes or other people are in it. */
  audiences: z.array(audienceName.extend({ before: z.int(), after: z.int() })),
});
export type IdentityChange = z.infer<typeof change>;

const mergeBody = z.strictObject({ other: z.string().min(1).max(100) });
const splitBody = z.strictObject({ join: z.string().regex(/^\d+\.\d+$/, "must be the id of a join") });
const live = z.strictObject({ id: z.string(), profiles: z.array(z.string()) });

export const previewMerge = endpoint({
  method: "POST",
  path: "/api/profiles/:id/merge/preview",
  summary: "What changes in audiences when another person becomes this one",
  params: idParams,
  body: mergeBody,
  answer: change,
});
export const mergeProfiles = endpoint({
  method: "POST",
  path: "/api/profiles/:id/merge",
  summary: "Make another person and this one the same, shown as this one; their histories move in every figure at once",
  params: idParams,
  body: mergeBody,
  answer: live,
});
export const previewSplit = endpoint({
  method: "POST",
  path: "/api/profiles/:id/split/preview",
  summary: "What changes in audiences when a join is undone",
  params: idParams,
  body: splitBody,
  answer: change,
});
export const splitProfile = endpoint({
  method: "POST",
  path: "/api/profiles/:id/split",
  summary: "Undo a join of a person's identifiers; what was joined by it is parted, and no message joins the two again",
  params: idParams,
  body: splitBody,
  answer: live,
});

const receipt = z.strictObject({
  id: z.string(),
  at: timestamp,
  by: z.string().nullable(),
  /** Rows that were removed, by table. */
  counts: z.record(z.string(), z.int()),
  /** SHA-256 of each identifier with its kind (`user`, `anonymous`, `other`) and a NUL before it, in hex. */
  hashes: z.array(z.string()),
  /**
   * The syncs that had told their tool of the person, and whether each was told that they are gone; null while that is being done. What was
   * sent of the person leaves the logs after that, and is counted then.
   */
  tools: z.array(z.strictObject({ syncId: z.string(), name: z.string(), isTold: z.boolean() })).nullable(),
});
export type DeletionReceipt = z.infer<typeof receipt>;
export const deleteProfile = endpoint({
  method: "DELETE",
  path: "/api/profiles/:id",
  summary:
    "Delete a person from every table and figure, and refuse their identifiers from then on; the answer is the receipt",
  params: idParams,
  answer: receipt,
});
export const listDeletions = endpoint({
  method: "GET",
  path: "/api/deletions",
  summary: "Receipts of the people who were deleted, newest first",
  query: pageQuery.pick({ limit: true }),
  answer: page(receipt),
});

const duplicate = z.strictObject({
  people: z.array(person).length(2),
  reason: z.enum(["email", "device"]),
  /** The email, or the anonymousId of the device. */
  shared: z.string(),
});
export type SuspectedDuplicate = z.infer<typeof duplicate>;
export const listDuplicates = endpoint({
  method: "GET",
  path: "/api/duplicates",
  summary: "Pairs of people who may be the same: with the same email, or on the same device",
  query: pageQuery.pick({ limit: true }),
  answer: z.strictObject({ items: z.array(duplicate) }),
});
export const dismissDuplicate = endpoint({
  method: "POST",
  path: "/api/duplicates/dismiss",
  summary: "Note that two people are not the same, so that they are not suspected again",
  body: z.strictObject({ people: z.array(z.string().min(1).max(100)).length(2) }),
  answer: z.strictObject({ dismissed: z.literal(true) }),
});

export const getIdentityRules = endpoint({
  method: "GET",
  path: "/api/identity/rules",
  summary: "What identifies people here",
  answer: identityRules,
});
export const updateIdentityRules = endpoint({
  method: "PATCH",
  path: "/api/identity/rules",
  summary: "Change what identifies people; it holds for what comes in from then on",
  body: identityRules.partial(),
  answer: identityRules,
});
