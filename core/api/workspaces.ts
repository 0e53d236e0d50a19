import * as z from "zod";
import { endpoint } from "./endpoint";
import { idParams, page, pageQuery } from "./shared";
import { environment, workspace, workspaceChanges, workspaceName } from "./workspace";

/**
 * Workspaces keep apart what must not meet, such as production and staging: each has sources, people, audiences and all
 * else of its own. A call is for the one that the header `X-Workspace` names, or `workspace` in the query, and for the
 * oldest without either; an API token is of the workspace that it was made in.
 */
export const listWorkspaces = endpoint({
  method: "GET",
  path: "/api/workspaces",
  summary: "Workspaces, in the order in which they were made; for a token, its own",
  query: pageQuery,
  answer: page(workspace),
});
export const createWorkspace = endpoint({
  method: "POST",
  path: "/api/workspaces",
  summary: "Make a workspace, with nothing in it",
  body: z.strictObject({
    name: workspaceName,
    /** Production unless told. */
    environment: environment.optional(),
    /** UTC unless told. */
    timeZone: z.string().max(100).optional(),
  }),
  answer: workspace,
  status: 201,
});
export const getWorkspaceById = endpoint({
  method: "GET",
  path: "/api/workspaces/:id",
  summary: "One workspace",
  params: idParams,
  answer: workspace,
});
export const updateWorkspaceById = endpoint({
  method: "PATCH",
  path: "/api/workspaces/:id",
  summary: "Rename a workspace, set its time zone or what it is for",
  params: idParams,
  body: workspaceChanges,
  answer: workspace,
});
export const removeWorkspace = endpoint({
  method: "DELETE",
  path: "/api/workspaces/:id",
  summary: "Remove a workspace and everything in it, for good; `confirm` is its name",
  params: idParams,
  query: z.strictObject({ confirm: z.string().max(200) }),
  answer: workspace,
});
