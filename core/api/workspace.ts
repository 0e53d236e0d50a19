import * as z from "zod";
import { endpoint } from "./endpoint";
import { idParams, page, pageQuery, timestamp } from "./shared";

/** What a workspace is for: its people are customers, or nobody is to be reached by mistake. */
export const environment = z.enum(["production", "staging", "development"]);
export const workspace = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** IANA name. */
  timeZone: z.string(),
  environment,
});
export type Workspace = z.infer<typeof workspace>;
export const workspaceName = z.string().trim().min(1).max(200);
export const workspaceChanges = z.strictObject({
  name: workspaceName.optional(),
  timeZone: z.string().max(100).optional(),
  environment: environment.optional(),
});

export const getWorkspace = endpoint({
  method: "GET",
  path: "/api/workspace",
  summary: "The workspace that the call is for",
  answer: workspace,
});
export const updateWorkspace = endpoint({
  method: "PATCH",
  path: "/api/workspace",
  summary: "Rename the workspace, set its time zone (an IANA name) or what it is for",
  body: workspaceChanges,
  answer: workspace,
});

/** Who is asking; the one call that is answered without a session. */
export const getSession = endpoint({
  method: "GET",
  path: "/api/session",
  summary: "Who is signed in, and whether the owner's account is still to be made",
  answer: z.strictObject({
    needsOwner: z.boolean(),
    user: z.strictObject({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
  }),
});

const token = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** First characters of the token, to tell one from another. */
  prefix: z.string(),
  createdAt: timestamp,
  lastUsedAt: timestamp.nullable(),
});
export type ApiToken = z.infer<typeof token>;

export const listTokens = endpoint({
  method: "GET",
  path: "/api/tokens",
  summary: "API tokens that hold, newest first",
  query: pageQuery,
  answer: page(token),
});
export const createToken = endpoint({
  method: "POST",
  path: "/api/tokens",
  summary: "Make an API token; its text is in this answer only",
  body: z.strictObject({ name: z.string().trim().min(1).max(200) }),
  answer: token.extend({ token: z.string() }),
  status: 201,
});
export const revokeToken = endpoint({
  method: "DELETE",
  path: "/api/tokens/:id",
  summary: "Revoke an API token, at once",
  params: idParams,
  answer: token,
});

/** What is here: the figures of the home page. */
export const getOverview = endpoint({
  method: "GET",
  path: "/api/overview",
  summary: "People, events by day, sources and the last event",
  query: z.strictObject({ days: z.coerce.number().int().min(1).max(366).optional() }),
  answer: z.strictObject({
    asOf: timestamp,
    people: z.int(),
    anonymous: z.int(),
    /** All messages of all types. */
    messages: z.int(),
    /** Days of the workspace's zone, oldest first, the last one unfinished. */
    eventsByDay: z.array(z.strictObject({ day: z.string(), events: z.int(), newPeople: z.int() })),
    lastEvent: z.strictObject({ event: z.string(), type: z.string(), timestamp }).nullable(),
    sources: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        messages: z.int(),
        rejected: z.int(),
        lastReceivedAt: timestamp.nullable(),
      }),
    ),
    audiences: z.int(),
    funnels: z.int(),
  }),
});

const sample = z.strictObject({
  status: z.enum(["absent", "loading", "loaded", "removing", "failed"]),
  /** Fraction done while loading or removing. */
  progress: z.number(),
  messages: z.int(),
  error: z.string().nullable(),
});
export const getSample = endpoint({
  method: "GET",
  path: "/api/sample",
  summary: "State of the sample data",
  answer: sample,
});
export const loadSample = endpoint({
  method: "POST",
  path: "/api/sample",
  summary: "Fill the workspace with the sample: a project-management product's sign-ups",
  answer: sample,
  status: 202,
});
export const removeSample = endpoint({
  method: "DELETE",
  path: "/api/sample",
  summary: "Remove the sample's messages, people, audiences and funnels",
  answer: sample,
  status: 202,
});
