import * as z from "zod";
import { fileColumns } from "../files/columns";
import { fileFormats } from "../files/format";
import { endpoint } from "./endpoint";
import { asOf, idParams, page, pageQuery, timestamp } from "./shared";

const aMinute = 60;
const aYear = 365 * 24 * 60 * 60;

const link = z.strictObject({
  id: z.string(),
  columns: z.array(z.string()),
  format: z.enum(fileFormats),
  /** Of whom it always is; null for whoever is in when it is opened. */
  asOf: timestamp.nullable(),
  expiresAt: timestamp,
  lastOpenedAt: timestamp.nullable(),
  createdAt: timestamp,
});
export type MembersLink = z.infer<typeof link>;

export const createMembersLink = endpoint({
  method: "POST",
  path: "/api/audiences/:id/members-link",
  summary: "A link to the people of an audience as a file, which works without logging in until it expires",
  params: idParams,
  body: z.strictObject({
    /** As members.csv takes them; userId and email unless told. */
    columns: fileColumns.optional(),
    format: z.enum(fileFormats).optional(),
    /** Seconds; a day unless told. A year at most. */
    expiresIn: z.int().min(aMinute).max(aYear).optional(),
    /** In the place of `expiresIn`. */
    expiresAt: asOf.optional(),
    /** Who was in at this moment, whenever the link is opened; without it, who is in then. */
    asOf: asOf.optional(),
  }),
  answer: z.strictObject({ id: z.string(), url: z.string(), expiresAt: timestamp }),
  status: 201,
});
export type NewMembersLink = z.infer<NonNullable<typeof createMembersLink.body>>;

export const listMembersLinks = endpoint({
  method: "GET",
  path: "/api/audiences/:id/members-links",
  summary:
    "The links to an audience's people that work now, in the order in which they were made; without their addresses",
  params: idParams,
  query: pageQuery,
  answer: page(link),
});
export const revokeMembersLinks = endpoint({
  method: "DELETE",
  path: "/api/audiences/:id/members-links",
  summary: "Revoke all links to an audience's people",
  params: idParams,
  answer: z.strictObject({ revoked: z.int() }),
});
export const revokeMembersLink = endpoint({
  method: "DELETE",
  path: "/api/members-links/:id",
  summary: "Revoke one link",
  params: idParams,
  answer: z.strictObject({ revoked: z.int() }),
});
export const openMembersLink = endpoint({
  method: "GET",
  path: "/api/members-links/:id/file",
  summary: "The file of a link, streamed, any size; answered to whoever has the whole of the link",
  params: idParams,
  query: z.strictObject({ signature: z.string().max(500).optional() }),
  answer: z.string(),
  streams: { answer: "text/csv" },
});
