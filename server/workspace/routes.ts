import * as workspaceApi from "../../core/api/workspace";
import * as workspacesApi from "../../core/api/workspaces";
import { AppError } from "../../core/errors";
import type { Actor } from "../auth/actor";
import type { Api } from "../http/api";
import { pageOf } from "../http/page";
import type { Installation, Services } from "../services";
import { getWorkspace, unknownWorkspace, updateWorkspace } from "./workspace";

export function workspaceRoutes(api: Api, { workspaces }: Installation): void {
  /** For a token only its own workspace is there. Throws `not_found`. */
  function named(id: string, actor: Actor | null): Services {
    const services = workspaces.get(id);
    if (services === undefined || (actor?.kind === "token" && actor.workspaceId !== id)) throw unknownWorkspace();
    return services;
  }

  api.implement(workspaceApi.getWorkspace, ({ services }) => getWorkspace(services.metadata));
  api.implement(workspaceApi.updateWorkspace, ({ body, services }) => updateWorkspace(services.metadata, body));
  api.implement(workspacesApi.listWorkspaces, async ({ query, actor }) => {
    const all = await workspaces.list();
    const seen = actor?.kind === "token" ? all.filter(({ id }) => id === actor.workspaceId) : all;
    return pageOf(seen, query, ({ id }) => id);
  });
  api.implement(workspacesApi.createWorkspace, ({ body, actor }) => {
    refuseToken(actor);
    return workspaces.create({ environment: "production", timeZone: "UTC", ...body });
  });
  api.implement(workspacesApi.getWorkspaceById, async ({ params, actor }) =>
    getWorkspace(named(params.id, actor).metadata),
  );
  api.implement(workspacesApi.updateWorkspaceById, async ({ params, body, actor }) =>
    updateWorkspace(named(params.id, actor).metadata, body),
  );
  api.implement(workspacesApi.removeWorkspace, async ({ params, query, actor }) => {
    const workspace = await getWorkspace(named(params.id, actor).metadata);
    refuseToken(actor);
    if (query.confirm !== workspace.name) {
      throw new AppError("invalid", "confirm must be the workspace's name, as it is written.", "confirm");
    }
    await workspaces.remove(workspace.id);
    return workspace;
  });
}

function refuseToken(actor: Actor | null): void {
  if (actor?.kind === "token") {
    throw new AppError("forbidden", "An API token is of one workspace: it makes and removes none.");
  }
}
