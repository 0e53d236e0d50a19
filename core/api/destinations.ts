import * as z from "zod";
import { fieldMapping, identifierKinds } from "../destinations/tool";
import { endpoint } from "./endpoint";
import { idParams, jsonObject, page, pageQuery, timestamp } from "./shared";

const tool = z.strictObject({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** JSON Schemas: what a connection needs, and what one sync may choose. */
  settings: jsonObject,
  options: jsonObject,
  /** Settings that are kept encrypted and are never answered. */
  secrets: z.array(z.string()),
  identifiers: z.array(z.enum(identifierKinds)),
  mapping: fieldMapping,
  batchSize: z.int(),
  requestsPerSecond: z.number(),
  takesEvents: z.boolean(),
  takesFiles: z.boolean(),
  canBeAsked: z.boolean(),
});

export const destination = z.strictObject({
  id: z.string(),
  tool: z.string(),
  name: z.string(),
  /** Without the secrets. */
  settings: jsonObject,
  /** Names of the secrets that are set. */
  secrets: z.array(z.string()),
  identifier: z.enum(identifierKinds),
  mapping: fieldMapping,
  health: z.strictObject({
    /** `idle` while nothing of it runs: no sync, no events and no schedule. */
    status: z.enum(["ok", "failing", "idle"]),
    /** Why what fails of it does; null where nothing does. */
    message: z.string().nullable(),
    syncs: z.int(),
    lastDeliveredAt: timestamp.nullable(),
  }),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type Destination = z.infer<typeof destination>;

const name = z.string().trim().min(1).max(200);
const choices = { identifier: z.enum(identifierKinds).optional(), mapping: fieldMapping.optional() };

const newDestination = z.strictObject({ tool: z.string().min(1).max(100), name, settings: jsonObject, ...choices });
export type NewDestination = z.infer<typeof newDestination>;
const changes = z.strictObject({
  name: name.optional(),
  /** The whole of them; secrets that are left out stay as they are. */
  settings: jsonObject.optional(),
  ...choices,
});
export type DestinationChanges = z.infer<typeof changes>;

const tested = z.strictObject({
  ok: z.boolean(),
  /** What was found, or why it did not work. */
  message: z.string(),
});
export type Tested = z.infer<typeof tested>;

export const listTools = endpoint({
  method: "GET",
  path: "/api/tools",
  summary: "The tools that people can be sent to, each with what a connection to it needs",
  answer: z.strictObject({ items: z.array(tool) }),
});
export const listDestinations = endpoint({
  method: "GET",
  path: "/api/destinations",
  summary: "Destinations, in the order in which they were made, with how they are doing",
  query: pageQuery,
  answer: page(destination),
});
export const createDestination = endpoint({
  method: "POST",
  path: "/api/destinations",
  summary: "Connect a tool",
  body: newDestination,
  answer: destination,
  status: 201,
});
export const testSettings = endpoint({
  method: "POST",
  path: "/api/destinations/test",
  summary:
    "Try a connection without keeping it; with `destinationId`, secrets that are left out are that destination's",
  body: z.strictObject({
    tool: z.string().min(1).max(100),
    settings: jsonObject,
    destinationId: z.string().min(1).max(100).optional(),
  }),
  answer: tested,
});
export const getDestination = endpoint({
  method: "GET",
  path: "/api/destinations/:id",
  summary: "One destination",
  params: idParams,
  answer: destination,
});
export const updateDestination = endpoint({
  method: "PATCH",
  path: "/api/destinations/:id",
  summary: "Change a destination; what waits for it is tried again at once",
  params: idParams,
  body: changes,
  answer: destination,
});
export const deleteDestination = endpoint({
  method: "DELETE",
  path: "/api/destinations/:id",
  summary: "Remove a destination with its syncs; nobody is taken out of the tool by it",
  params: idParams,
  answer: z.strictObject({ deleted: z.literal(true) }),
});
export const testDestination = endpoint({
  method: "POST",
  path: "/api/destinations/:id/test",
  summary: "Try a destination's connection",
  params: idParams,
  answer: tested,
});
