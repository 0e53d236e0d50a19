import { AppError } from "../../core/errors";
import type { Actor } from "../auth/actor";
import type { Services, Workspaces } from "../services";
import { unknownWorkspace } from "../workspace/workspace";

/** The name in a query, for links, which have no headers. */
export const workspaceParameter = "workspace";

/**
 * What a request is for: a token's own workspace; for anybody else the one that the header X-Workspace or the query names,
 * and the oldest where neither does. Errors: `not_found`; `forbidden` for a token that asks for another.
 */
export function servicesOf(request: Request, actor: Actor, workspaces: Workspaces): Services {
  const asked = request.headers.get("x-workspace") ?? new URL(request.url).searchParams.get(workspaceParameter);
  if (actor.kind === "token" && asked !== null && asked !== actor.workspaceId) {
    throw new AppError("forbidden", "This API token is of another workspace.", workspaceParameter);
  }
  const id = actor.kind === "token" ? actor.workspaceId : asked;
  const services = id === null ? workspaces.first() : workspaces.get(id);
  if (services === undefined) throw unknownWorkspace();
  return services;
}
