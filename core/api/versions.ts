import * as z from "zod";
import { timestamp } from "./shared";

/** The number of a version in an address. */
export const versionNumber = z.coerce.number().int().min(1).max(1_000_000_000);

/** Why a version was made, in its maker's words. */
export const versionNote = z.string().trim().max(500);

/** One thing that differs between two definitions, in words. */
export const definitionChange = z.strictObject({ kind: z.enum(["added", "removed", "changed"]), text: z.string() });
export type DefinitionChange = z.infer<typeof definitionChange>;

export const versionAuthor = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("user"), name: z.string(), email: z.string() }),
  /** An API token by its name, also one that was revoked since. */
  z.strictObject({ kind: z.literal("token"), name: z.string() }),
  /** The token that the server was started with. */
  z.strictObject({ kind: z.literal("environment") }),
]);
export type VersionAuthor = z.infer<typeof versionAuthor>;

/** What is known of a version of anything, besides what it says. */
export const versionFacts = z.strictObject({
  version: z.int(),
  /** Null for what Foothold made itself, and for who is no longer known. */
  createdBy: versionAuthor.nullable(),
  createdAt: timestamp,
  note: z.string(),
  /** The version that it brought back. */
  restoredFrom: z.int().nullable(),
  /** Against the version before; empty for the first. */
  changes: z.array(definitionChange),
});
export type VersionFacts = z.infer<typeof versionFacts>;

export const restoringBody = z.strictObject({
  version: z.int().min(1).max(1_000_000_000),
  note: versionNote.optional(),
});
