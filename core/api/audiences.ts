import * as z from "zod";
import { audienceDefinition } from "../audience/definition";
import { endpoint } from "./endpoint";
import { asOf, idParams, jsonObject, page, pageQuery, person, timestamp } from "./shared";
import { versionNote } from "./versions";

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
    /** Estimates from one of so many people, for conditions that take long. */
    sample: z.int().min(2).max(1_000).optional(),
  }),
  answer: z.strictObject({
    count: z.int(),
    candidates: z.int(),
    asOf: timestamp,
    people: z.array(person),
    conditions: z.array(conditionCount).optional(),
    /** All counts are estimates, from one of so many people; those shown are among them. */
    sample: z.strictObject({ of: z.int() }).optional(),
    /** Milliseconds at the server. */
    tookMs: z.number(),
  }),
});
export type AudiencePreview = z.infer<typeof previewAudience.answer>;

/** What an audience is filed under, as often as one likes: in the order given, none twice. */
const tags = z
  .array(z.string().trim().min(1).max(50))
  .max(20)
  .refine((given) => new Set(given).size === given.length, "must not name a tag twice");

export const audience = z.strictObject({
  id: z.string(),
  /** Made from the name once, kept for good: what other tools know the audience by. */
  key: z.string(),
  name: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  version: z.int(),
  definition: audienceDefinition,
  archivedAt: timestamp.nullable(),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type Audience = z.infer<typeof audience>;
const audienceWithCount = audience.extend({ count: z.int(), candidates: z.int(), asOf: timestamp });
export type AudienceWithCount = z.infer<typeof audienceWithCount>;

export const audienceOrders = ["changed", "created", "name", "size"] as const;
export type AudienceOrder = (typeof audienceOrders)[number];

export const listAudiences = endpoint({
  method: "GET",
  path: "/api/audiences",
  summary: "Audiences with their counts, last changed first unless told",
  query: pageQuery.extend({
    archived: z.enum(["true", "false"]).optional(),
    /** Found in the name, the key, the description or a tag, whatever the case. */
    search: z.string().max(200).optional(),
    tag: z.string().max(50).optional(),
    /** `name` from A to Z, the others with the last or largest first. */
    sort: z.enum(audienceOrders).optional(),
    /** `false` leaves the counts out, for a list that is to be there at once. */
    counts: z.enum(["true", "false"]).optional(),
  }),
  answer: page(audienceWithCount.partial({ count: true, candidates: true, asOf: true })),
});
export type ListedAudience = z.infer<typeof listAudiences.answer>["items"][number];

export const countAudiences = endpoint({
  method: "POST",
  path: "/api/audiences/counts",
  summary: "The counts of several saved audiences at one moment",
  body: z.strictObject({ audienceIds: z.array(idParams.shape.id).min(1).max(200), asOf: asOf.optional() }),
  answer: z.strictObject({
    asOf: timestamp,
    /** In the order asked for. */
    items: z.array(z.strictObject({ id: z.string(), count: z.int(), candidates: z.int() })),
  }),
});
export const createAudience = endpoint({
  method: "POST",
  path: "/api/audiences",
  summary: "Save a definition as an audience",
  body: z.strictObject({
    name: z.string().trim().min(1).max(200),
    description: z.string().max(2_000).optional(),
    tags: tags.optional(),
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
  summary: "Rename, tag, redefine (a new version), or bring back from the archive",
  params: idParams,
  body: z.strictObject({
    name: z.string().trim().min(1).max(200).optional(),
    description: z.string().max(2_000).optional(),
    tags: tags.optional(),
    definition: audienceDefinition.optional(),
    /** Why the definition is changed; kept with the new version. */
    note: versionNote.optional(),
    archived: z.boolean().optional(),
  }),
  answer: audience,
});
export const archiveAudience = endpoint({
  method: "DELETE",
  path: "/api/audiences/:id",
  summary:
    "Archive an audience; refused by name while an audience or a funnel uses it, or a sync that is not cancelled sends it",
  params: idParams,
  answer: audience,
});

export const audienceUsage = endpoint({
  method: "GET",
  path: "/api/audiences/:id/usage",
  summary: "Where an audience is used: what would change with it. Archived uses are among them",
  params: idParams,
  query: pageQuery,
  answer: page(
    z.strictObject({
      kind: z.enum(["audience", "funnel", "destination"]),
      id: z.string(),
      name: z.string(),
      /**
       * A condition of a definition, whom a funnel counts, or by what it is broken down; whom a destination is sent, or who is never sent there.
       */
      as: z.enum(["condition", "counted", "breakdown", "sent", "suppression"]),
      archivedAt: timestamp.nullable(),
    }),
  ),
});
export type AudienceUse = z.infer<typeof audienceUsage.answer>["items"][number];

const member = person.extend({
  enteredAt: timestamp.nullable(),
  /** The accounts that they belong to, the first joined first, with those of the traits that `accountTraits` asks for. */
  accounts: z.array(z.strictObject({ id: z.string(), traits: jsonObject })),
});
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
    /** Comma-separated names of traits of accounts, quoted as in CSV. */
    accountTraits: z.string().max(20_000).optional(),
  }),
  answer: page(member).extend({ asOf: timestamp }),
});
export const membersCsv = endpoint({
  method: "GET",
  path: "/api/audiences/:id/members.csv",
  summary: "The people of an audience as CSV, streamed, any size",
  params: idParams,
  query: z.strictObject({
    /**
     * Comma-separated: userId, anonymousIds, email, profileId, enteredAt, the name of a trait, $account for the ids of the accounts, or
     * `$account.` and the name of a trait of these. A name with a comma is quoted as in CSV.
     */
    columns: z.string().max(20_000).optional(),
    asOf: asOf.optional(),
  }),
  answer: z.string(),
  streams: { answer: "text/csv" },
});
