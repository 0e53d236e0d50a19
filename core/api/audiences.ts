import * as z from "zod";
import { audienceDefinition } from "../audience/definition";
import { endpoint } from "./endpoint";
import { asOf, idParams, page, pageQuery, person, timestamp } from "./shared";

const conditionCount = z.strictObject({
  /** Of the node in the definition: `root.conditions[1]`. */
  path: z.string(),
  /** People for whom this node alone holds. */
  count: z.int(),
  /** Child of an `all`: people left after it, given everything before it. */
  left: z.int().optional(),
  /** Child of an `any`: people whom it adds to those that its earlier siblings let in. */
  adds: z.int().optional(),
});
export type ConditionCount = z.infer<typeof conditionCount>;

export const previewAudience = endpoint({
  method: "POST",
  path: "/api/audiences/preview",
  summary: "Count and people of a definition, without saving it",
  body: z.strictObject({
    definition: audienceDefinition,
    asOf: asOf.optional(),
    limit: z.int().min(0).max(100_000).optional(),
    conditions: z.boolean().optional(),
  }),
  answer: z.strictObject({
    count: z.int(),
    candidates: z.int(),
    asOf: timestamp,
    people: z.array(person),
    conditions: z.array(conditionCount).optional(),
    /** Milliseconds at the server. */
    tookMs: z.number(),
  }),
});
export type AudiencePreview = z.infer<typeof previewAudience.answer>;

const audience = z.strictObject({
  id: z.string(),
  /** Made from the name once, kept for good: what other tools know the audience by. */
  key: z.string(),
  name: z.string(),
  description: z.string(),
  version: z.int(),
  definition: audienceDefinition,
  archivedAt: timestamp.nullable(),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type Audience = z.infer<typeof audience>;
const audienceWithCount = audience.extend({ count: z.int(), candidates: z.int(), asOf: timestamp });
export type AudienceWithCount = z.infer<typeof audienceWithCount>;

export const listAudiences = endpoint({
  method: "GET",
  path: "/api/audiences",
  summary: "Audiences with their counts, last changed first",
  query: pageQuery.extend({ archived: z.enum(["true", "false"]).optional() }),
  answer: page(audienceWithCount),
});
export const createAudience = endpoint({
  method: "POST",
  path: "/api/audiences",
  summary: "Save a definition as an audience",
  body: z.strictObject({
    name: z.string().trim().min(1).max(200),
    description: z.string().max(2_000).optional(),
    definition: audienceDefinition,
  }),
  answer: audience,
  status: 201,
});
export const getAudience = endpoint({
  method: "GET",
  path: "/api/audiences/:id",
  summary: "An audience with its count",
  params: idParams,
  query: z.strictObject({ asOf: asOf.optional() }),
  answer: audienceWithCount,
});
export const updateAudience = endpoint({
  method: "PATCH",
  path: "/api/audiences/:id",
  summary: "Rename, redefine (a new version), or bring back from the archive",
  params: idParams,
  body: z.strictObject({
    name: z.string().trim().min(1).max(200).optional(),
    description: z.string().max(2_000).optional(),
    definition: audienceDefinition.optional(),
    archived: z.boolean().optional(),
  }),
  answer: audience,
});
export const archiveAudience = endpoint({
  method: "DELETE",
  path: "/api/audiences/:id",
  summary: "Archive an audience; refused by name while another one uses it",
  params: idParams,
  answer: audience,
});
const member = person.extend({ enteredAt: timestamp.nullable() });
export type Member = z.infer<typeof member>;
export const listMembers = endpoint({
  method: "GET",
  path: "/api/audiences/:id/members",
  summary: "The people of an audience",
  params: idParams,
  query: z.strictObject({
    asOf: asOf.optional(),
    limit: z.coerce.number().int().min(1).max(10_000).optional(),
    cursor: z.string().max(500).optional(),
  }),
  answer: page(member).extend({ asOf: timestamp }),
});
export const membersCsv = endpoint({
  method: "GET",
  path: "/api/audiences/:id/members.csv",
  summary: "The people of an audience as CSV, streamed, any size",
  params: idParams,
  query: z.strictObject({
    /** Comma-separated: userId, anonymousIds, email, profileId, or the name of a trait. A name with a comma is quoted as in CSV. */
    columns: z.string().max(20_000).optional(),
    asOf: asOf.optional(),
  }),
  answer: z.string(),
  streams: { answer: "text/csv" },
});
