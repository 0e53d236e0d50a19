import * as z from "zod";
import { audienceDefinition } from "../audience/definition";
import { comparedPeople } from "./audience-insight";
import { audience, versionNote } from "./audiences";
import { endpoint } from "./endpoint";
import { asOf, idParams, page, pageQuery, timestamp } from "./shared";

const version = z.coerce.number().int().min(1).max(1_000_000_000);

/** One thing that differs between two definitions, in words. */
const change = z.strictObject({ kind: z.enum(["added", "removed", "changed"]), text: z.string() });
export type DefinitionChange = z.infer<typeof change>;

export const versionAuthor = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("user"), name: z.string(), email: z.string() }),
  /** An API token by its name, also one that was revoked since. */
  z.strictObject({ kind: z.literal("token"), name: z.string() }),
  /** The token that the server was started with. */
  z.strictObject({ kind: z.literal("environment") }),
]);
export type VersionAuthor = z.infer<typeof versionAuthor>;

const audienceVersion = z.strictObject({
  version: z.int(),
  definition: audienceDefinition,
  /** Null for what Foothold made itself, and for who is no longer known. */
  createdBy: versionAuthor.nullable(),
  createdAt: timestamp,
  note: z.string(),
  /** The version that it brought back. */
  restoredFrom: z.int().nullable(),
  /** Against the version before; empty for the first. */
  changes: z.array(change),
});
export type AudienceVersion = z.infer<typeof audienceVersion>;

export const listVersions = endpoint({
  method: "GET",
  path: "/api/audiences/:id/versions",
  summary: "The versions of an audience: who made them, when, and what changed, newest first",
  params: idParams,
  query: pageQuery,
  answer: page(audienceVersion),
});

export const restoreVersion = endpoint({
  method: "POST",
  path: "/api/audiences/:id/restore",
  summary: "Make an earlier version hold again, as a new version",
  params: idParams,
  body: z.strictObject({ version: z.int().min(1).max(1_000_000_000), note: versionNote.optional() }),
  answer: audience,
});

export const compareVersions = endpoint({
  method: "GET",
  path: "/api/audiences/:id/compare",
  summary: "Two versions of an audience at one moment: what changed in words, who is in the one and not in the other",
  params: idParams,
  query: z.strictObject({
    before: version,
    after: version,
    asOf: asOf.optional(),
    limit: z.coerce.number().int().min(0).max(10_000).optional(),
  }),
  answer: comparedPeople.extend({ changes: z.array(change) }),
});
