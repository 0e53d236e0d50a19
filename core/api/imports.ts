import * as z from "zod";
import { endpoint } from "./endpoint";
import { idParams, page, pageQuery, timestamp } from "./shared";

/**
 * What the columns of a table (CSV, Parquet) are. Each other column becomes a property (of the event) or a trait, by `rest`;
 * a row without an event is an identify.
 */
export const tableMapping = z
  .strictObject({
    userId: z.string().optional(),
    anonymousId: z.string().optional(),
    event: z.string().optional(),
    /** Event name for every row, where no column names it. */
    eventName: z.string().optional(),
    timestamp: z.string().optional(),
    messageId: z.string().optional(),
    rest: z.enum(["properties", "traits"]),
    ignore: z.array(z.string()).optional(),
  })
  .refine((mapping) => mapping.userId !== undefined || mapping.anonymousId !== undefined, {
    message: "name the column that holds the user's id, or the anonymous id",
    path: ["userId"],
  });
export type TableMapping = z.infer<typeof tableMapping>;

const importFormat = z.enum(["ndjson", "csv", "parquet"]);

export const importRun = z.strictObject({
  id: z.string(),
  status: z.enum(["running", "done", "failed", "cancelled"]),
  fileName: z.string().nullable(),
  format: importFormat,
  sourceId: z.string(),
  bytesRead: z.int(),
  /** Size of what is sent, where the sender told it. */
  bytesTotal: z.int().nullable(),
  read: z.int(),
  accepted: z.int(),
  duplicates: z.int(),
  rejected: z.int(),
  /** The first hundred; all of them are at `/api/imports/:id/refused.csv`. */
  errors: z.array(z.strictObject({ line: z.int(), code: z.string(), message: z.string() })),
  /** Why the whole import failed. */
  failure: z.string().nullable(),
  startedAt: timestamp,
  finishedAt: timestamp.nullable(),
});
export type ImportRun = z.infer<typeof importRun>;

export const createImport = endpoint({
  method: "POST",
  path: "/api/imports",
  summary:
    "Import a file: NDJSON or Parquet of Segment messages, or CSV or Parquet with a column mapping; gzip as well",
  query: z.strictObject({
    sourceId: z.string().max(100).optional(),
    format: importFormat.optional(),
    fileName: z.string().max(500).optional(),
    /** JSON of a TableMapping; without one, a table's columns userId, anonymousId, event, timestamp, messageId are looked for. */
    mapping: z.string().max(50_000).optional(),
  }),
  answer: importRun,
  status: 202,
  streams: {
    body: [
      "application/x-ndjson",
      "text/csv",
      "application/vnd.apache.parquet",
      "application/gzip",
      "application/octet-stream",
    ],
  },
});
export const listImports = endpoint({
  method: "GET",
  path: "/api/imports",
  summary: "Imports, newest first",
  query: pageQuery,
  answer: page(importRun),
});
export const getImport = endpoint({
  method: "GET",
  path: "/api/imports/:id",
  summary: "Progress of an import",
  params: idParams,
  answer: importRun,
});
export const cancelImport = endpoint({
  method: "POST",
  path: "/api/imports/:id/cancel",
  summary: "Stop an import; what was accepted stays",
  params: idParams,
  answer: importRun,
});
export const refusedCsv = endpoint({
  method: "GET",
  path: "/api/imports/:id/refused.csv",
  summary: "The refused lines with their reasons",
  params: idParams,
  answer: z.string(),
  streams: { answer: "text/csv" },
});
